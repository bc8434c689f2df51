using System.Numerics;
using DarkPool.Engine.Markets;
using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Tests.Venues;

/// <summary>Who trades with whom: again and again the best maker that the taker may meet, searched from the top.</summary>
internal sealed partial class ReferenceVenue
{
    /// <summary>What accounts said of themselves and others.</summary>
    public ReferenceRules[] Rules { get; } = [.. Enumerable.Range(0, VenueFlows.Accounts).Select(_ => new ReferenceRules())];

    /// <summary>Pairs that rest in continuous and midpoint markets although each would take the other.</summary>
    public IEnumerable<(ReferenceOrder Buy, ReferenceOrder Sell)> Waiting() =>
        from buy in _open.Where(order => order.Side == Side.Buy && IsThere(order))
        from sell in _open.Where(order => order.Side == Side.Sell && order.Market == buy.Market && IsThere(order))
        where buy.Terms.Rule == MatchingRule.Midpoint ? buy.Account != sell.Account : buy.Price >= sell.Price
        where Math.Min(buy.Lots, sell.Lots) >= Math.Max(buy.LeastAtRest, sell.LeastAtRest)
        select (buy, sell);

    private static bool IsThere(ReferenceOrder order) => order.Terms.Rule == MatchingRule.Continuous
        || order.Market.Midpoint.Accepting().Any(other => other.Id == (ulong)order.Placed);

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

    /// <summary>Matches an order, then those that rest and shrank below their minimums; these keep their places.</summary>
    private bool MatchAll(ReferenceOrder taker)
    {
        var ended = Match(taker);
        MeetAgain();
        return ended;
    }

    private void MeetAgain()
    {
        while (_lifted is { } lifted)
        {
            _lifted = null;
            if (Match(lifted)) _open.Remove(lifted);
        }
    }

    private void TakeOff(ReferenceOrder order, ulong lots)
    {
        var before = order.LeastAtRest;
        order.Lots -= lots;
        var lifted = before != 0 && order.LeastAtRest == 0 && order.Lots != 0 && _open.Contains(order);
        if (lifted && !order.Is(OrderFlags.PostOnly)) _lifted = order;
    }

    private void Shrink(ReferenceOrder order, ulong by)
    {
        TakeOff(order, by);
        Events.Add(new VenueEvent.Reduced(order.Account, order.Id, order.Terms.Number, CancelReason.SelfTrade, by, order.Lots));
    }

    private void Exchange(ReferenceOrder taker, ReferenceOrder maker, ulong lots)
    {
        TakeOff(taker, lots);
        TakeOff(maker, lots);
        Pay((maker, Liquidity.Maker), (taker, Liquidity.Taker), maker.Price, lots);
        if (maker.Lots != 0) return;
        _open.Remove(maker);
        Remember(maker, isFilled: true);
    }

    /// <summary>Both legs of a trade and both fees; told to the first, then to the second.</summary>
    private void Pay((ReferenceOrder Order, Liquidity By) first, (ReferenceOrder Order, Liquidity By) second, long price, ulong lots)
    {
        var terms = first.Order.Terms;
        var notional = Notional(terms, price, lots);
        var (buyer, seller) = first.Order.Side == Side.Buy ? (first.Order, second.Order) : (second.Order, first.Order);
        Credit(buyer.Account, terms.BaseAsset, lots * (BigInteger)terms.LotSize);
        Credit(seller.Account, terms.BaseAsset, -(lots * (BigInteger)terms.LotSize));
        Credit(seller.Account, terms.QuoteAsset, notional);
        Credit(buyer.Account, terms.QuoteAsset, -notional);
        _trades++;
        Changed = true;
        Settlement.Traded(terms.Number, price, lots, Now);
        foreach (var (order, by) in new[] { first, second })
        {
            var rate = by == Liquidity.Maker ? terms.Parameters.Fees.MakerMillionths : terms.Parameters.Fees.TakerMillionths;
            var fee = notional * Math.Min(order.MostFee, rate) / 1_000_000;
            Credit(order.Account, terms.QuoteAsset, -fee);
            Credit(VenueFlows.FeeAccount, terms.QuoteAsset, fee);
            Report(order, by, price, lots, fee);
        }
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
