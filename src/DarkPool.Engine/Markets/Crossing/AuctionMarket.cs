using DarkPool.Engine.Journals;
using DarkPool.Engine.Trading;
using DarkPool.Engine.Trading.Auctions;

namespace DarkPool.Engine.Markets.Crossing;

/// <summary>
/// A market that trades at auctions only. The first order opens an auction; it closes at an instant drawn within the window at the end of
/// the market's interval, and is held at the first block at or after it, before that block's commands. What stays opens the next one.
/// </summary>
internal sealed class AuctionMarket(MarketTerms terms, VenueState state) : CrossingMarket(terms, state)
{
    private const ulong One = 10_000;

    public AuctionBook Book { get; } = new();

    /// <summary>When the open auction closes; null while no order waits.</summary>
    public BlockTime? Closes { get; set; }

    /// <summary>The last auction's price; null before the first that traded.</summary>
    public Price? Last { get; set; }

    protected override IEnumerable<uint> Slots() =>
        Book.Orders(Side.Buy).Concat(Book.Orders(Side.Sell)).Select(waiting => (uint)waiting.Order.Id);

    /// <summary>Takes an order whose terms were judged sound, under an id that is free.</summary>
    public RejectionCode Place<TSink>(uint account, in NewOrder order, uint hash, ulong fingerprint, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        if (!TryGetAuctionLimit(order, out var limit)) return RejectionCode.NoReference;
        var opening = new Opening { Hash = hash, Fingerprint = fingerprint };
        var code = Prepare(account, order, limit, holds: true, ref opening);
        if (code != RejectionCode.None) return code;
        var slot = Open(account, order, opening, ref sink);
        var events = new Events<TSink>(this, ref sink);
        Book.Place(
            new AuctionOrder
            {
                Id = slot,
                Owner = account,
                Key = order.ClientOrderId,
                Side = order.Side,
                Price = new Price(limit),
                Quantity = order.Quantity,
                Minimum = CrossingRules.MinimumOf(order),
                Execution = CrossingRules.ExecutionOf(order),
            },
            ref events);
        Closes ??= NextClose();
        return RejectionCode.None;
    }

    /// <summary>Ends an open order.</summary>
    public void Cancel<TSink>(uint slot, CancelReason reason, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        var events = new Events<TSink>(this, ref sink) { Reason = reason };
        Book.Cancel(slot, ref events);
    }

    /// <summary>Gives an open order a new price and open quantity.</summary>
    public RejectionCode Replace<TSink>(uint slot, Price price, Quantity quantity, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        if (price.Ticks <= 0) return RejectionCode.InvalidPrice;
        var code = HoldFor(slot, price.Ticks, quantity.Lots);
        if (code != RejectionCode.None) return code;
        var events = new Events<TSink>(this, ref sink);
        Book.Replace(slot, price, quantity, ref events);
        return RejectionCode.None;
    }

    /// <summary>Holds the auction that is due.</summary>
    public void Hold<TSink>(ref TSink sink)
        where TSink : struct, IVenueSink
    {
        var events = new Events<TSink>(this, ref sink);
        var reference = ReferenceAt(Closes!.Value.Microseconds);
        var collar = Terms.Parameters.Orders.CollarBasisPoints;
        if (collar != 0 && reference is null)
        {
            Book.Pass(ref events);
        }
        else
        {
            var (low, high) = collar == 0 ? (1, long.MaxValue) : CollarAround(reference!.Value.Ticks, collar);
            var ties = AuctionDraw.Of(State.DrawSeed, Number, Book.Auctions).Ties;
            var allocation = Terms.Parameters.Auction.Allocation;
            var call = new AuctionCall(new Price(low), new Price(high), reference, allocation, ties);
            var clearing = Book.Call(call, Filter, ref events);
            if (clearing.Volume != 0) Last = new Price(clearing.Ticks);
        }

        events.Sum.Settle(Pending, DueAfter(State.Time));
        Closes = Book.Count == 0 ? null : NextClose();
    }

    /// <summary>Prices at most so many basis points away from one.</summary>
    internal static (long Low, long High) CollarAround(long price, uint basisPoints)
    {
        var width = (long)UInt128.Min((UInt128)price * basisPoints / One, (UInt128)(long.MaxValue - price));
        return (Math.Max(1, price - width), price + width);
    }

    private BlockTime NextClose()
    {
        var (auction, now) = (Terms.Parameters.Auction, State.Time.Microseconds);
        var window = (ulong)auction.CloseWindowMicroseconds;
        var draw = AuctionDraw.Of(State.DrawSeed, Number, Book.Auctions).CloseWithin(window);
        var wait = auction.IntervalMicroseconds - auction.CloseWindowMicroseconds + (long)draw;
        return new BlockTime(Math.Min(now, long.MaxValue - wait) + wait);
    }

    /// <summary>The limit of an order: its own, or for a market order the edge of the collar. False if there is none.</summary>
    private bool TryGetAuctionLimit(in NewOrder order, out long limit)
    {
        limit = order.Price.Ticks;
        var collar = Terms.Parameters.Orders.CollarBasisPoints;
        if (limit != 0) return true;
        if (collar == 0 || ReferenceAt(State.Time.Microseconds) is not { } reference) return false;
        var (low, high) = CollarAround(reference.Ticks, collar);
        limit = order.Side == Side.Buy ? high : low;
        return true;
    }

    /// <summary>What prices are measured by: the feed's latest price or middle, or the last auction's price if it has no feed.</summary>
    private Price? ReferenceAt(long time)
    {
        var terms = Terms.Parameters.Reference;
        if (terms.Feed == 0 || !State.Feeds.TryGetValue(terms.Feed, out var feed)) return Last;
        var price = new ReferenceQuote(feed.Round, feed.Time, feed.Price, feed.Price);
        var latest = feed.Quote.Round != 0 && feed.Quote.Time >= price.Time && feed.Quote.Bid <= feed.Quote.Ask ? feed.Quote : price;
        if (!latest.IsFresh(time, terms.StalenessMicroseconds)) return null;
        return new Price(latest.Bid + ((latest.Ask - latest.Bid) / 2));
    }

    /// <summary>What the book tells, carried out.</summary>
    private ref struct Events<TSink>(AuctionMarket market, ref TSink sink) : IAuctionSink
        where TSink : struct, IVenueSink
    {
        private readonly ref TSink _sink = ref sink;

        public CancelReason? Reason { get; init; }

        public TradeSum Sum;

        public readonly void Accepted(in AuctionOrder order)
        {
        }

        public readonly void Held(ulong auction, Clearing clearing) => market.State.Journal.Write(
            JournalKind.AuctionHeld, 0, market.Number, 0, auction, (ulong)clearing.Ticks, (ulong)clearing.Volume);

        public void Traded(in AuctionTrade trade)
        {
            var (price, lots) = (trade.Price.Ticks, trade.Quantity.Lots);
            var buy = new Leg((uint)trade.BuyId, Liquidity.Cross, trade.BuyRemaining.Lots);
            var sell = new Leg((uint)trade.SellId, Liquidity.Cross, trade.SellRemaining.Lots);
            Sum.Add(lots, market.Trade(buy, sell, price, lots, ref _sink));
        }

        public readonly void Cancelled(ulong id, Quantity remaining, CancelReason reason) =>
            market.End((uint)id, remaining.Lots, Reason ?? reason, ref _sink);

        public readonly void Replaced(ulong id, Price price, Quantity quantity, bool keptPriority) =>
            market.Replaced((uint)id, price, quantity, keptPriority, ref _sink);

        public readonly void Rejected(ulong id, BookRejection reason) =>
            throw new InvalidOperationException($"A book refused what its market had judged sound: {reason}.");
    }
}
