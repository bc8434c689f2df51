using DarkPool.Engine.Trading;
using DarkPool.Engine.Trading.Midpoint;

namespace DarkPool.Engine.Markets.Crossing;

/// <summary>
/// A market that crosses at the middle of its feed's quote. A tick of the market is half a tick of the quote, so that every middle is a
/// whole number of ticks and cash is exact. A quote whose middle is farther from that of the quote before than the collar allows is not
/// traded at before another one confirms it; neither is a crossed or a stale one.
/// </summary>
internal sealed partial class MidpointMarket : CrossingMarket
{
    public MidpointMarket(MarketTerms terms, VenueState state)
        : base(terms, state) => Conditional = new ConditionalBook(Book);

    public MidpointBook Book { get; } = new();

    public ConditionalBook Conditional { get; }

    /// <summary>Where the latest quote's middle had to lie.</summary>
    public (long Low, long High) Collar { get; set; } = (long.MinValue, long.MaxValue);

    /// <summary>The latest quote's middle; 0 before the first.</summary>
    public long LastMidpoint { get; set; }

    protected override IEnumerable<uint> Slots() =>
        Book.Orders().Select(order => (uint)order.Id).Concat(Conditional.Orders.ToArray().Select(order => (uint)order.Id));

    /// <summary>Takes an order whose terms were judged sound, under an id that is free.</summary>
    public RejectionCode Place<TSink>(uint account, in NewOrder order, uint hash, ulong fingerprint, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        var opening = new Opening { Hash = hash, Fingerprint = fingerprint };
        if ((order.Flags & OrderFlags.Conditional) != 0) return PlaceConditional(account, order, opening, ref sink);
        if (!TryGetLimit(order.Side, order.Price.Ticks, out var limit)) return RejectionCode.NoReference;
        var code = Prepare(account, order, Math.Max(1, limit), holds: true, ref opening);
        if (code != RejectionCode.None) return code;
        var placed = new MidpointOrder
        {
            Id = 0,
            Owner = account,
            Side = order.Side,
            Peg = PegOf(order.Type),
            Limit = new Price(limit),
            Quantity = order.Quantity,
            Minimum = CrossingRules.MinimumOf(order),
            Execution = CrossingRules.ExecutionOf(order),
        };
        if (placed.Execution == Execution.PostOnly && Book.WouldTrade(placed, Filter)) return RejectionCode.WouldTrade;
        var slot = Open(account, order, opening, ref sink);
        var events = new Events<TSink>(this, ref sink);
        Book.Place(placed with { Id = slot }, Filter, ref events);
        Finish(ref events);
        return RejectionCode.None;
    }

    /// <summary>Ends an open order, conditional or not.</summary>
    public void Cancel<TSink>(uint slot, CancelReason reason, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        var events = new Events<TSink>(this, ref sink) { Reason = reason };
        if (Conditional.TryFind(slot, out _))
        {
            var floor = Terms.Parameters.Conditional.FirmUpRateFloorBasisPoints;
            Conditional.Cancel(slot, reason, floor, State.Time.Microseconds, ref events);
            return;
        }

        Book.Cancel(slot, ref events);
    }

    /// <summary>Gives an open order a new limit and open quantity; a conditional one cannot be replaced.</summary>
    public RejectionCode Replace<TSink>(uint slot, Price price, Quantity quantity, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        if (!Book.TryFind(slot, out var order)) return RejectionCode.InvalidFlags;
        if (price.Ticks < 0 || (price.Ticks == 0 && order.Peg == Peg.None)) return RejectionCode.InvalidPrice;
        if (!TryGetLimit(order.Side, price.Ticks, out var limit)) return RejectionCode.NoReference;
        if (Book.WouldTrade(slot, new Price(limit), quantity, Filter)) return RejectionCode.WouldTrade;
        var code = HoldFor(slot, Math.Max(1, limit), quantity.Lots);
        if (code != RejectionCode.None) return code;
        var events = new Events<TSink>(this, ref sink);
        Book.Replace(slot, new Price(limit), quantity, Filter, ref events);
        Finish(ref events);
        return RejectionCode.None;
    }

    /// <summary>Takes the feed's next quote, and trades what it brings together.</summary>
    public void Observe<TSink>(in ReferenceQuote quote, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        var collar = Terms.Parameters.Reference.MidpointCollarBasisPoints;
        Collar = collar == 0 || LastMidpoint == 0 ? (long.MinValue, long.MaxValue) : AuctionMarket.CollarAround(LastMidpoint, collar);
        if (quote.Bid <= quote.Ask) LastMidpoint = quote.Bid + quote.Ask;
        Refresh(ref sink);
    }

    /// <summary>
    /// Lets the present reference take effect, or its absence; ends the round whose time is over, and invites to the next one.
    /// </summary>
    public void Refresh<TSink>(ref TSink sink)
        where TSink : struct, IVenueSink
    {
        var events = new Events<TSink>(this, ref sink);
        Book.Refer(Present(), Filter, ref events);
        Finish(ref events);
    }

    /// <summary>Puts the reference of a snapshot in force, before any order is back.</summary>
    public void Restore(MidpointReference? reference)
    {
        if (Book.Count != 0) throw new InvalidOperationException("Orders rest already.");
        var nobody = default(Nobody);
        Book.Refer(reference, Filter, ref nobody);
    }

    private static Peg PegOf(OrderType type) => type switch
    {
        OrderType.PegMidpoint => Peg.Midpoint,
        OrderType.PegPrimary => Peg.Primary,
        OrderType.PegMarket or OrderType.Market => Peg.Market,
        _ => Peg.None,
    };

    private MidpointReference? Present()
    {
        var terms = Terms.Parameters.Reference;
        if (IsHalted || !State.Feeds.TryGetValue(terms.Feed, out var feed)) return null;
        var quote = feed.Quote;
        return quote.IsFresh(State.Time.Microseconds, terms.StalenessMicroseconds)
            ? new MidpointReference(quote.Bid, quote.Ask, new Price(Collar.Low), new Price(Collar.High))
            : null;
    }

    /// <summary>Hears nothing, because nothing can happen in an empty book.</summary>
    private readonly struct Nobody : IBookSink
    {
        public void Accepted(ulong id, Side side, Price price, Quantity quantity)
        {
        }

        public void Traded(in BookTrade trade)
        {
        }

        public void Cancelled(ulong id, Quantity remaining, CancelReason reason)
        {
        }

        public void Replaced(ulong id, Price price, Quantity quantity, bool keptPriority)
        {
        }

        public void Rejected(ulong id, BookRejection reason)
        {
        }
    }

    /// <summary>
    /// The limit of an order: its own; for one to sell that has none, the least price; for one to buy that has none, the most that the
    /// present reference could come to within the collar, or its ask if there is no collar: that much is held. False if there is no
    /// reference to tell.
    /// </summary>
    private bool TryGetLimit(Side side, long price, out long limit)
    {
        limit = price;
        if (price != 0 || side == Side.Sell) return true;
        if (Book.Reference is not { } reference) return false;
        var collar = Terms.Parameters.Reference.MidpointCollarBasisPoints;
        limit = collar == 0 ? reference.Ask * 2 : AuctionMarket.CollarAround(reference.Midpoint.Ticks, collar).High;
        return true;
    }
}
