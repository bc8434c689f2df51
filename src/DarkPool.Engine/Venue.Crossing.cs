using DarkPool.Engine.Journals;
using DarkPool.Engine.Markets.Crossing;
using DarkPool.Engine.Orders;
using DarkPool.Engine.Trading;

namespace DarkPool.Engine;

/// <summary>What auctions and midpoint markets need beyond orders: time, quotes and answers to invitations.</summary>
public sealed partial class Venue
{
    /// <summary>Takes a signed two-sided quote; it is a reference at once.</summary>
    /// <param name="feed">The feed.</param>
    /// <param name="sourceKey">Who signed it.</param>
    /// <param name="quote">A round later than the feed's latest one, a time not after the block's, not before the latest one's.</param>
    /// <param name="sink">Is told what trades at it.</param>
    public PriceResult ObserveQuote<TSink>(uint feed, in Digest sourceKey, in ReferenceQuote quote, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        RequireBlock();
        if (!_state.Feeds.TryGetValue(feed, out var known) || !known.HasSource(sourceKey)) return PriceResult.UnknownSource;
        var sound = quote.Bid > 0 && quote.Ask > 0 && quote.Bid < ReferenceQuote.MaxTicks && quote.Ask < ReferenceQuote.MaxTicks;
        if (!sound || quote.Time > _state.Time) return PriceResult.InvalidPrice;
        if (quote.Round <= known.Quote.Round || quote.Time < known.Quote.Time) return PriceResult.Stale;
        known.Quote = quote;
        Span<byte> prices = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(prices, quote.Bid);
        System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(prices[8..], quote.Ask);
        _state.Journal.Write(JournalKind.QuoteObserved, 0, feed, quote.Round, (ulong)quote.Time.Microseconds, 0, prices);
        foreach (var market in _crossing)
        {
            if (market is MidpointMarket midpoint && midpoint.Terms.Parameters.Reference.Feed == feed) midpoint.Observe(quote, ref sink);
        }

        return PriceResult.Applied;
    }

    /// <summary>The latest quote of a feed, if it has one.</summary>
    public bool TryGetQuote(uint feed, out ReferenceQuote quote)
    {
        quote = _state.Feeds.TryGetValue(feed, out var known) ? known.Quote : default;
        return quote.Round != 0;
    }

    /// <summary>Firms up a conditional order of the account that is invited, for its quantity or less.</summary>
    public RejectionCode FirmUp<TSink>(uint account, ulong clientOrderId, Quantity quantity, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        RequireAccount(account);
        var located = _state.Orders.Locate(account, clientOrderId, _state.Orders.HashOf(account, clientOrderId));
        if (located == 0 || OpenOrders.IsEnded(located)) return RejectAbsent(account, clientOrderId, located, ref sink);
        var code = _markets[_state.Orders.Details[located].Market] is MidpointMarket midpoint
            ? midpoint.IsHalted ? RejectionCode.MarketHalted : midpoint.FirmUp(located, quantity, ref sink)
            : RejectionCode.NotInvited;
        if (code != RejectionCode.None) sink.Rejected(account, clientOrderId, code);
        return code;
    }

    /// <summary>
    /// Time has passed: orders expire and auctions are held, each at its own instant, the earliest first; then references that have become
    /// stale end, and rounds whose time is over.
    /// </summary>
    private void PassTime<TSink>(ref TSink sink)
        where TSink : struct, IVenueSink
    {
        while (EarliestAuction() is { } due)
        {
            Expire(due.Closes!.Value.Microseconds, ref sink);
            due.Hold(ref sink);
        }

        Expire(_state.Time.Microseconds, ref sink);
        foreach (var market in _crossing)
        {
            if (market is MidpointMarket midpoint) midpoint.Refresh(ref sink);
        }
    }

    private AuctionMarket? EarliestAuction()
    {
        AuctionMarket? earliest = null;
        foreach (var market in _crossing)
        {
            if (market is not AuctionMarket { IsHalted: false, Closes: { } close } auction || close > _state.Time) continue;
            if (earliest is null || close < earliest.Closes!.Value) earliest = auction;
        }

        return earliest;
    }

    private void Expire<TSink>(long until, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        while (_state.Orders.Expiring.Count != 0 && _state.Orders.Expiring.First.Time <= until)
            CancelSlot(_state.Orders.Expiring.First.Slot, CancelReason.Expired, ref sink);
    }
}
