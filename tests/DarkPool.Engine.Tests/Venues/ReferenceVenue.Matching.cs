using System.Numerics;
using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Tests.Venues;

/// <summary>Who trades with whom: again and again the best maker that the taker may meet, searched from the top.</summary>
internal sealed partial class ReferenceVenue
{
    /// <summary>What accounts said of themselves and others.</summary>
    public ReferenceRules[] Rules { get; } = [.. Enumerable.Range(0, VenueFlows.Accounts).Select(_ => new ReferenceRules())];

    private bool AreOne(uint account, uint other) =>
        account == other || (Rules[account].Group != 0 && Rules[account].Group == Rules[other].Group);

    private bool MayTrade(uint account, uint other) => account == other
        || (!Rules[account].Denied.Contains(other) && !Rules[other].Denied.Contains(account)
            && (Rules[account].Tiers & (1 << Rules[other].Tier)) != 0 && (Rules[other].Tiers & (1 << Rules[account].Tier)) != 0);

    /// <summary>The best maker that is not passed over.</summary>
    private ReferenceOrder? Next(ReferenceOrder taker, IEnumerable<ReferenceOrder> makers) => makers
        .Where(maker => maker.Terms == taker.Terms && maker.Side != taker.Side && MayTrade(taker.Account, maker.Account))
        .Where(maker => taker.Side == Side.Buy ? maker.Price <= taker.Price : maker.Price >= taker.Price)
        .Where(maker => Math.Min(taker.Lots, maker.Lots) >= Math.Max(taker.LeastOfEach, maker.LeastAtRest))
        .OrderBy(maker => taker.Side == Side.Buy ? maker.Price : -maker.Price)
        .ThenBy(maker => maker.Stamp)
        .FirstOrDefault();

    private SelfTradePrevention Prevention(ReferenceOrder taker, ReferenceOrder maker)
    {
        var own = taker.Asked.SelfTradePrevention;
        if (!AreOne(taker.Account, maker.Account)) return SelfTradePrevention.Default;
        return own != SelfTradePrevention.Default ? own : Rules[taker.Account].SelfTrade;
    }

    private bool WouldMeet(ReferenceOrder taker) => Next(taker, _open) is not null && Foreseen(taker) >= taker.LeastInSum;

    /// <summary>What it would trade, tried out on copies.</summary>
    private BigInteger Foreseen(ReferenceOrder order)
    {
        var (taker, makers, traded) = (order.Copy(), _open.Select(open => open.Copy()).ToList(), BigInteger.Zero);
        while (taker.Lots != 0 && Next(taker, makers) is { } maker)
        {
            var prevention = Prevention(taker, maker);
            if (prevention is SelfTradePrevention.CancelNewest or SelfTradePrevention.CancelBoth) break;
            if (prevention == SelfTradePrevention.CancelOldest) makers.Remove(maker);
            if (prevention == SelfTradePrevention.CancelOldest) continue;
            var lots = Math.Min(taker.Lots, maker.Lots);
            if (prevention == SelfTradePrevention.Default) traded += lots;
            (taker.Lots, maker.Lots) = (taker.Lots - lots, maker.Lots - lots);
            if (maker.Lots == 0) makers.Remove(maker);
        }

        return traded;
    }

    /// <summary>Trades what it can; true if nothing is left that could rest.</summary>
    private bool Match(ReferenceOrder taker)
    {
        if (taker.LeastInSum != 0 && Foreseen(taker) < taker.LeastInSum) return false;
        while (taker.Lots != 0 && Next(taker, _open) is { } maker)
        {
            var lots = Math.Min(taker.Lots, maker.Lots);
            switch (Prevention(taker, maker))
            {
                case SelfTradePrevention.CancelNewest:
                    EndUnrested(taker, CancelReason.SelfTrade);
                    return true;
                case SelfTradePrevention.CancelOldest:
                    End(maker, CancelReason.SelfTrade);
                    break;
                case SelfTradePrevention.CancelBoth:
                    End(maker, CancelReason.SelfTrade);
                    EndUnrested(taker, CancelReason.SelfTrade);
                    return true;
                case SelfTradePrevention.Decrement:
                    if (maker.Lots == lots) End(maker, CancelReason.SelfTrade);
                    else Shrink(maker, lots);
                    if (taker.Lots == lots)
                    {
                        EndUnrested(taker, CancelReason.SelfTrade, unfilled: lots);
                        return true;
                    }

                    Shrink(taker, lots);
                    break;
                default:
                    Exchange(taker, maker, lots);
                    break;
            }
        }

        if (taker.Lots == 0) Remember(taker, isFilled: true);
        return taker.Lots == 0;
    }

    private void Shrink(ReferenceOrder order, ulong by)
    {
        order.Lots -= by;
        Events.Add(new VenueEvent.Reduced(order.Account, order.Id, order.Terms.Number, CancelReason.SelfTrade, by, order.Lots));
    }

    private void Exchange(ReferenceOrder taker, ReferenceOrder maker, ulong lots)
    {
        var terms = taker.Terms;
        var fees = terms.Parameters.Fees;
        var notional = Notional(terms, maker.Price, lots);
        var makerFee = notional * Math.Min(maker.MostFee, fees.MakerMillionths) / 1_000_000;
        var takerFee = notional * Math.Min(taker.MostFee, fees.TakerMillionths) / 1_000_000;
        var (buyer, seller) = taker.Side == Side.Buy ? (taker, maker) : (maker, taker);
        Credit(buyer.Account, terms.BaseAsset, lots * (BigInteger)terms.LotSize);
        Credit(seller.Account, terms.BaseAsset, -(lots * (BigInteger)terms.LotSize));
        Credit(seller.Account, terms.QuoteAsset, notional);
        Credit(buyer.Account, terms.QuoteAsset, -notional);
        Credit(maker.Account, terms.QuoteAsset, -makerFee);
        Credit(taker.Account, terms.QuoteAsset, -takerFee);
        Credit(VenueFlows.FeeAccount, terms.QuoteAsset, makerFee + takerFee);
        taker.Lots -= lots;
        maker.Lots -= lots;
        _trades++;
        Settlement.Traded(terms.Number, maker.Price, lots, Now);
        Report(maker, Liquidity.Maker, maker.Price, lots, makerFee);
        Report(taker, Liquidity.Taker, maker.Price, lots, takerFee);
        if (maker.Lots != 0) return;
        _open.Remove(maker);
        Remember(maker, isFilled: true);
    }

    private void Report(ReferenceOrder order, Liquidity liquidity, long price, ulong lots, BigInteger fee) =>
        Events.Add(new VenueEvent.Filled(order.Account, new OrderFill
        {
            ClientOrderId = order.Id,
            TradeId = _trades,
            Market = order.Terms.Number,
            Side = order.Side,
            Liquidity = liquidity,
            Price = new Price(price),
            Quantity = new Quantity(lots),
            Remaining = new Quantity(order.Lots),
            Fee = (UInt128)fee,
        }));
}

/// <summary>What an account of the reference venue said of itself and others.</summary>
internal sealed class ReferenceRules
{
    public SelfTradePrevention SelfTrade { get; set; }

    public UInt128 Group { get; set; }

    public ushort Tiers { get; set; } = ushort.MaxValue;

    public byte Tier { get; set; }

    public HashSet<uint> Denied { get; } = [];
}
