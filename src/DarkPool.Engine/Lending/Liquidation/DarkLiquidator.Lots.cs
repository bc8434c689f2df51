using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending.Aave;

namespace DarkPool.Engine.Lending.Liquidation;

/// <content>Which lots are offered in a market, and for what.</content>
public sealed partial class DarkLiquidator
{
    private void Collect<TVenue>(LiquidationMarket market, in PairQuote quote, ref TVenue venue)
        where TVenue : struct, ILiquidationVenue
    {
        foreach (var (user, since) in Open.All)
        {
            if (MarketOf(user) != market || !venue.CanJudge(user)) continue;
            var account = _pool.Account(user);
            if (account.HealthFactor.IsZero) continue;
            if (!account.IsHealthy) Offer(market, quote, user, account, since, option: null);
            else if (_options.TryGetValue(user, out var option)) Offer(market, quote, user, account, since, option);
        }

        for (var i = 0; i < market.Stops.TriggeredCount; i++)
        {
            var stop = market.Stops.Triggered[i];
            var flags = _pool.UserAt(stop.User);
            var account = _pool.Account(stop.User);
            if (account.IsHealthy && Has(flags, market.Terms) && venue.CanJudge(stop.User)) Offer(market, quote, stop, account);
        }
    }

    // Of the markets for what the user has and owes, that with the largest debt, then the largest collateral, then the lowest number.
    private LiquidationMarket? MarketOf(uint user)
    {
        var flags = _pool.UserAt(user);
        var (best, bestDebt, bestCollateral) = ((LiquidationMarket?)null, UInt256.Zero, UInt256.Zero);
        foreach (var market in _markets)
        {
            if (!Has(flags, market.Terms)) continue;
            ref readonly var owing = ref _pool.ReserveAt(market.Terms.Debt);
            ref readonly var having = ref _pool.ReserveAt(market.Terms.Collateral);
            var debt = owing.Value(_pool.DebtOf(user, market.Terms.Debt), Rounding.Ceiling);
            var collateral = having.Value(_pool.SupplyOf(user, market.Terms.Collateral), Rounding.Floor);
            if (collateral.IsZero) continue;
            if (best is not null && (debt < bestDebt || (debt == bestDebt && collateral <= bestCollateral))) continue;
            (best, bestDebt, bestCollateral) = (market, debt, collateral);
        }

        return best;
    }

    private bool Has(in PoolUser flags, LiquidationTerms terms) =>
        flags.Uses(terms.Collateral) && flags.Owes(terms.Debt) && _pool.ThresholdOf(flags.EMode, terms.Collateral) != 0;

    private void Offer(
        LiquidationMarket market, in PairQuote quote, uint user, in AccountData account, ulong since, PreLiquidationOption? option)
    {
        var terms = market.Terms;
        var mode = _pool.UserAt(user).EMode;
        var cap = option?.MaxBonus ?? _pool.BonusOf(mode, terms.Collateral) - RiskIndex.Liquidatable;
        var (start, full) = option is { } chosen
            ? (chosen.Health, RiskIndex.Liquidatable)
            : (RiskIndex.Liquidatable, terms.FullBonusHealth);
        var ramp = new BonusRamp(
            BonusRamp.FromBasisPoints(cap), terms.RampSeconds, BonusRamp.FromBasisPoints(start), BonusRamp.FromBasisPoints(full));
        var bonus = ramp.At(_pool.Clock - since, account.HealthFactor);
        var threshold = _pool.ThresholdOf(mode, terms.Collateral);
        _sale.Add(terms, new LiquidationLot
        {
            User = user,
            Reason = option is null ? SaleReason.Liquidation : SaleReason.PreLiquidation,
            Account = account,
            Threshold = threshold,
            Target = option?.Target ?? terms.TargetHealth,
            Held = _pool.SupplyOf(user, terms.Collateral),
            Owed = _pool.DebtOf(user, terms.Debt),
            Wanted = ulong.MaxValue,
            Ask = Math.Max(quote.AskTicks(bonus), quote.RaisingTicks(threshold, account.HealthFactor)),
            LastAsk = quote.AskTicks(ramp.Cap),
            IsAtCap = bonus == ramp.Cap && option is null,
        });
    }

    private void Offer(LiquidationMarket market, in PairQuote quote, in StopOrder stop, in AccountData account)
    {
        var terms = market.Terms;
        var threshold = _pool.ThresholdOf(_pool.UserAt(stop.User).EMode, terms.Collateral);
        var ask = quote.AskTicks(BonusRamp.FromBasisPoints(stop.MaxDiscount));
        _sale.Add(terms, new LiquidationLot
        {
            User = stop.User,
            Reason = SaleReason.Stop,
            Account = account,
            Threshold = threshold,
            Target = 0,
            Held = _pool.SupplyOf(stop.User, terms.Collateral),
            Owed = _pool.DebtOf(stop.User, terms.Debt),
            Wanted = stop.Lots,
            Ask = Math.Max(ask, quote.RaisingTicks(threshold, account.HealthFactor)),
            LastAsk = ask,
            IsAtCap = false,
        });
    }
}
