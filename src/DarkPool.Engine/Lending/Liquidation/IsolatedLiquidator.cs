using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending.Aave;
using DarkPool.Engine.Lending.Morpho;

namespace DarkPool.Engine.Lending.Liquidation;

/// <summary>
/// Liquidation of an isolated market's positions in the dark, by the same auction as a pool's: what restores the target health is sold to
/// resting orders and sealed bids, with a bonus that grows to the market's own incentive; what is unsold then to backstops at that
/// incentive. Debt without collateral is borne by all suppliers, as the profile has it. Its one pair is sold as reserve 0 (the collateral)
/// for reserve 1 (the loan asset).
/// </summary>
internal sealed class IsolatedLiquidator
{
    private readonly IsolatedMarket _market;
    private readonly LotSale _sale = new();
    private readonly List<LiquidationRecord> _sales = [];

    /// <summary>A liquidator of a market.</summary>
    /// <param name="market">The market.</param>
    /// <param name="terms">Lots, ticks, target and ramp.</param>
    /// <param name="users">Users from 0 to below this number are in it.</param>
    public IsolatedLiquidator(IsolatedMarket market, LiquidationTerms terms, uint users)
    {
        _market = market;
        Pair = new LiquidationMarket(terms);
        Index = new IsolatedRiskIndex(market, users);
    }

    /// <summary>Bids, backstops and terms of the pair.</summary>
    public LiquidationMarket Pair { get; }

    /// <summary>Finds who is to be liquidated; is to be told what changes in the market by others.</summary>
    public IsolatedRiskIndex Index { get; }

    internal OpenLots Open { get; } = new();

    /// <summary>Sells what can be sold now, if the price can be relied on.</summary>
    /// <param name="now">Second of the block.</param>
    /// <param name="venue">Orders, money, and whom to tell.</param>
    public void Step<TVenue>(ulong now, ref TVenue venue)
        where TVenue : struct, ILiquidationVenue
    {
        Open.Update(Index.Below(), now);
        if (Open.Count == 0 || !TryPrepare(now, ref venue, out var clears)) return;
        if (clears)
        {
            var seller = new Seller(this);
            _sale.Sell(Pair, ref seller, ref venue);
            foreach (var sale in _sales) venue.Sold(Pair.Terms, sale);
            _sales.Clear();
        }

        foreach (ref readonly var lot in _sale.Lots)
        {
            if (!lot.IsAtCap) continue;
            foreach (var backstop in Pair.Backstops)
            {
                var funds = venue.BackstopFunds(Pair.Terms, backstop, lot.User);
                if (funds != 0 && TryTake(lot.User, backstop, funds, ref venue)) break;
            }
        }
    }

    private bool TryPrepare<TVenue>(ulong now, ref TVenue venue, out bool clears)
        where TVenue : struct, ILiquidationVenue
    {
        clears = false;
        try
        {
            var quote = new PairQuote(Pair.Terms, _market.Price);
            _sale.Clear();
            if (quote.IsUsable) Collect(quote, now, ref venue);
            clears = !_sale.Lots.IsEmpty && _sale.TryClear(Pair, quote, ref venue);
            return !_sale.Lots.IsEmpty;
        }
        catch (OverflowException)
        {
            // Nothing has changed so far: a market whose values do not fit waits for other prices.
            return false;
        }
    }

    private void Collect<TVenue>(in PairQuote quote, ulong now, ref TVenue venue)
        where TVenue : struct, ILiquidationVenue
    {
        var totals = _market.AccruedState();
        var ramp = new BonusRamp(
            _market.LiquidationIncentive - MorphoWad.Wad, Pair.Terms.RampSeconds, MorphoWad.Wad,
            BonusRamp.FromBasisPoints(Pair.Terms.FullBonusHealth));
        foreach (var (user, since) in Open.All)
        {
            var account = AccountOf(user, totals);
            if (account.HealthFactor.IsZero || !venue.CanJudge(user)) continue;
            var bonus = ramp.At(now - since, account.HealthFactor);
            _sale.Add(Pair.Terms, new LiquidationLot
            {
                User = user,
                Reason = SaleReason.Liquidation,
                Account = account,
                Threshold = Threshold,
                Target = Pair.Terms.TargetHealth,
                Held = _market.HoldingOf(user).Collateral,
                Owed = account.Debt,
                Wanted = ulong.MaxValue,
                Ask = Math.Max(quote.AskTicks(bonus), quote.RaisingTicks(Threshold, account.HealthFactor)),
                LastAsk = quote.AskTicks(ramp.Cap),
                IsAtCap = bonus == ramp.Cap,
            });
        }
    }

    /// <summary>The market's liquidation loan to value in basis points, rounded up: more is asked for a lot, never less.</summary>
    private uint Threshold => (uint)WideMath.DivideCeiling(_market.Lltv * WadRay.HundredPercent, MorphoWad.Wad);

    private AccountData AccountOf(uint user, in IsolatedMarketState totals)
    {
        var debt = totals.ToBorrowAssets(_market.HoldingOf(user).BorrowShares, Rounding.Ceiling);
        return new AccountData(
            UInt256.Zero, debt, UInt256.Zero, Threshold, _market.HealthOf(user, totals), HasZeroLtvCollateral: false);
    }

    private bool TrySell(in LiquidationLot lot, ulong lots, long ticks)
    {
        var terms = Pair.Terms;
        var proceeds = (UInt256)lots * (ulong)ticks * terms.TickValue;
        var error = _market.Sell(
            lot.User, (UInt256)lots * terms.LotSize, proceeds, terms.LotSize, lot.IsClosing, out var outcome);
        if (error != IsolatedError.None) return false;
        Index.UserChanged(lot.User);
        _sales.Add(Record(lot.User, outcome, ticks, SaleReason.Liquidation, 0));
        return true;
    }

    // What the target needs, or less if that raises health too; what cannot be helped only as a whole.
    private bool TryTake<TVenue>(uint user, uint backstop, UInt128 funds, ref TVenue venue)
        where TVenue : struct, ILiquidationVenue
    {
        var totals = _market.AccruedState();
        var account = AccountOf(user, totals);
        if (account.IsHealthy) return true;
        var weight = MorphoWad.Mul(_market.LiquidationIncentive, _market.Lltv);
        var isHelped = weight < account.HealthFactor;
        var target = BonusRamp.FromBasisPoints(Pair.Terms.TargetHealth);
        var cover = isHelped
            ? WideMath.MultiplyDivide(account.Debt, target - account.HealthFactor, target - weight, Rounding.Ceiling)
            : account.Debt;
        if (isHelped) cover = UInt256.Min(UInt256.Min(cover, funds), account.Debt);
        var kept = _market.Keep(user);
        var error = Liquidate(user, cover, account.Debt, totals, out var done);
        var isTaken = error == IsolatedError.None && done.RepaidAssets <= funds && !done.SeizedAssets.IsZero
            && (isHelped || _market.HoldingOf(user).BorrowShares == 0);
        if (!isTaken)
        {
            _market.Restore(kept);
            return false;
        }

        Index.UserChanged(user);
        var outcome = new SaleOutcome(done.SeizedAssets, done.RepaidAssets, UInt256.Zero, UInt256.Zero, done.BadDebtAssets);
        venue.Sold(Pair.Terms, Record(user, outcome, 0, SaleReason.Backstop, backstop));
        return _market.HealthOf(user, _market.AccruedState()) >= MorphoWad.Wad;
    }

    // By debt, or, where the collateral pays for less, by all of the collateral.
    private IsolatedError Liquidate(
        uint user, UInt256 cover, UInt256 debt, in IsolatedMarketState totals, out IsolatedLiquidation done)
    {
        var holding = _market.HoldingOf(user);
        var shares = cover == debt ? holding.BorrowShares : totals.ToBorrowShares(cover, Rounding.Floor);
        done = default;
        if (!shares.IsZero && _market.Liquidate(user, UInt256.Zero, shares, out done) == IsolatedError.None) return IsolatedError.None;
        return _market.Liquidate(user, holding.Collateral, UInt256.Zero, out done);
    }

    private LiquidationRecord Record(uint user, in SaleOutcome sale, long ticks, SaleReason reason, uint backstop)
    {
        var gone = WideMath.MultiplyDivide(sale.Seized + sale.Dust, _market.Price, MorphoWad.OraclePriceScale, Rounding.Floor);
        var paid = sale.Covered + sale.Excess;
        return new LiquidationRecord
        {
            Market = 0,
            Borrower = user,
            Reason = reason,
            Seized = (UInt128)sale.Seized,
            Repaid = (UInt128)sale.Covered,
            Excess = (UInt128)sale.Excess,
            Fee = (UInt128)sale.Dust,
            WrittenOff = (UInt128)sale.WrittenOff,
            Ticks = ticks,
            Penalty = gone > paid ? UInt256.Min(gone - paid, UInt128.MaxValue).Low : 0,
            Backstop = backstop,
        };
    }

    private readonly struct Seller(IsolatedLiquidator liquidator) : ILotSeller
    {
        public bool TrySell(LiquidationMarket market, ref LiquidationLot lot, ulong lots, long ticks) =>
            liquidator.TrySell(lot, lots, ticks);
    }
}
