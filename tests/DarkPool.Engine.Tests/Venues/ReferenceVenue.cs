using System.Numerics;
using DarkPool.Engine.Markets;
using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Tests.Venues;

/// <summary>
/// A venue that is obviously right and slow: one list of open orders searched from end to end, unbounded integers, and holds that are
/// never stored but added up from the open orders whenever somebody asks.
/// </summary>
internal sealed partial class ReferenceVenue(IReadOnlyDictionary<uint, MarketTerms> markets)
{
    private readonly SortedDictionary<uint, ReferenceMarket> _markets =
        new(markets.ToDictionary(market => market.Key, market => new ReferenceMarket(market.Value)));
    private static readonly BigInteger Limit = BigInteger.One << 128;

    private readonly Dictionary<(uint Account, uint Asset), BigInteger> _owned = [];
    private readonly List<ReferenceOrder> _open = [];
    private readonly Dictionary<uint, List<EndedReference>> _ended = [];
    private readonly Dictionary<(uint Account, uint Market, long Window), uint> _immediate = [];
    private ReferenceOrder? _lifted;
    private long _stamp;
    private ulong _trades;

    public List<VenueEvent> Events { get; } = [];

    public BlockTime Now { get; private set; }

    /// <summary>The present block and entry.</summary>
    public (ulong Block, uint Entry) Place { get; set; }

    /// <summary>The halted markets.</summary>
    public HashSet<uint> Halted { get; } = [];

    /// <summary>The reference of the market that has a collar.</summary>
    public (long Price, BlockTime Time)? Reference { get; set; }

    /// <summary>Whether anything but a refusal or a repetition happened since it was last cleared.</summary>
    public bool Changed { get; set; }

    public ReferenceSettlement Settlement { get; } = new(markets);

    public int OpenOrders => _open.Count;

    public BigInteger Held(uint account, uint asset) =>
        _open.Where(order => order.Holds && order.Account == account && PaysWith(order.Terms, order.Side) == asset)
            .Aggregate(BigInteger.Zero, (sum, order) => sum + Cost(order, order.Price, order.Lots, order.MostFee));

    public BigInteger Owned(uint account, uint asset) => _owned.GetValueOrDefault((account, asset));

    public BigInteger Available(uint account, uint asset) => Owned(account, asset) - Held(account, asset);

    public void Credit(uint account, uint asset, BigInteger amount) => _owned[(account, asset)] = Owned(account, asset) + amount;

    public void BeginBlock(BlockTime time)
    {
        Now = time;
        while (DueAuction() is { } due)
        {
            Expire(due.Closes!.Value);
            Hold(due);
        }

        Expire(time);
        foreach (var market in _markets.Values.Where(market => market.Terms.Rule == MatchingRule.Midpoint)) Refresh(market);
    }

    public void PlaceOrder(uint account, NewOrder order)
    {
        if (Known(account, order.ClientOrderId) is { } known)
        {
            if (known.SaysTheSame(order)) Events.Add(new VenueEvent.Accepted(account, order));
            else Events.Add(new VenueEvent.Rejected(account, order.ClientOrderId, RejectionCode.DuplicateClientOrderId));
            return;
        }

        var code = Judge(account, order, out var taker);
        if (code != RejectionCode.None)
        {
            Events.Add(new VenueEvent.Rejected(account, order.ClientOrderId, code));
            return;
        }

        Changed = true;
        Events.Add(new VenueEvent.Accepted(account, order));
        if (!order.Rests) _immediate[Window(taker!)] = _immediate.GetValueOrDefault(Window(taker!)) + 1;
        if (taker!.Terms.Rule != MatchingRule.Continuous) PlaceCrossing(taker);
        else if (order.TimeInForce == TimeInForce.FillOrKill && Foreseen(taker) < taker.Lots) EndUnrested(taker, CancelReason.FillOrKill);
        else if (MatchAll(taker)) return;
        else if (order.Rests) Rest(taker);
        else EndUnrested(taker, CancelReason.ImmediateOrCancel);
    }

    public void Cancel(uint account, ulong id)
    {
        if (Find(account, id) is { } order) End(order, CancelReason.Requested);
        else Events.Add(Absent(account, id));
    }

    public void CancelAll(uint account, uint? market, Side? side)
    {
        var orders = _open.Where(order => order.Account == account && (market ?? order.Terms.Number) == order.Terms.Number);
        foreach (var order in orders.Where(order => (side ?? order.Side) == order.Side).OrderBy(order => order.Stamp).ToList())
            End(order, CancelReason.Requested);
    }

    public void EndSession(uint account, ulong session)
    {
        var orders = _open.Where(order => order.Account == account && order.Asked.Session == session);
        foreach (var order in orders.Where(order => order.Is(OrderFlags.CancelOnDisconnect)).OrderBy(order => order.Stamp).ToList())
            End(order, CancelReason.Disconnected);
    }

    public void Replace(uint account, ulong id, long price, ulong lots)
    {
        if (Find(account, id) is not { } order)
        {
            Events.Add(Absent(account, id));
            return;
        }

        if (order.Terms.Rule != MatchingRule.Continuous)
        {
            var refused = ReplaceCrossing(order, price, lots);
            if (refused != RejectionCode.None) Events.Add(new VenueEvent.Rejected(account, id, refused));
            return;
        }

        var keeps = price == order.Price && lots < order.Lots;
        var code = JudgeReplacement(order, price, lots, keeps);
        if (code != RejectionCode.None)
        {
            Events.Add(new VenueEvent.Rejected(account, id, code));
            return;
        }

        Changed = true;
        Events.Add(new VenueEvent.Replaced(account, id, order.Terms.Number, keeps, price, lots));
        (order.Price, order.MostFee) = (price, MostFee(order.Terms));
        if (keeps)
        {
            TakeOff(order, order.Lots - lots);
            MeetAgain();
            return;
        }

        order.Lots = lots;
        _open.Remove(order);
        if (!MatchAll(order)) Rest(order);
    }

    private static uint PaysWith(MarketTerms terms, Side side) => side == Side.Buy ? terms.QuoteAsset : terms.BaseAsset;

    private static BigInteger Notional(MarketTerms terms, long price, BigInteger lots) => price * lots * (BigInteger)terms.TickValue;

    private static BigInteger Cost(ReferenceOrder order, long price, ulong lots, uint fee)
    {
        if (order.Side == Side.Sell) return lots * (BigInteger)order.Terms.LotSize;
        var notional = Notional(order.Terms, price, lots);
        return notional + (notional * fee / 1_000_000);
    }

    private static uint MostFee(MarketTerms terms) =>
        Math.Max(terms.Parameters.Fees.MakerMillionths, terms.Parameters.Fees.TakerMillionths);

    private ReferenceOrder? Find(uint account, ulong id) => _open.Find(order => order.Account == account && order.Id == id);

    private EndedReference? Known(uint account, ulong id) =>
        Find(account, id) is { } open ? new EndedReference(open.Asked, default, default)
        : _ended.GetValueOrDefault(account)?.Find(ended => ended.Order.ClientOrderId == id);

    private VenueEvent Absent(uint account, ulong id)
    {
        if (Known(account, id) is not { } ended) return new VenueEvent.Rejected(account, id, RejectionCode.UnknownOrder);
        var code = ended.IsFilled ? RejectionCode.AlreadyFilled : RejectionCode.AlreadyCancelled;
        return new VenueEvent.TooLate(account, id, code, ended.Place.Block, ended.Place.Entry);
    }

    private void Rest(ReferenceOrder order)
    {
        order.Stamp = ++_stamp;
        _open.Add(order);
    }

    private void Expire(BlockTime until)
    {
        var expired = _open.Where(order => order.Expiry is { } expiry && expiry <= until);
        foreach (var order in expired.OrderBy(order => order.Expiry).ThenBy(order => order.Placed).ToList())
            End(order, CancelReason.Expired);
    }

    private void End(ReferenceOrder order, CancelReason reason)
    {
        if (order.Terms.Rule != MatchingRule.Continuous) TakeOut(order);
        _open.Remove(order);
        EndUnrested(order, reason);
    }

    private void EndUnrested(ReferenceOrder order, CancelReason reason, ulong? unfilled = null)
    {
        Changed = true;
        Remember(order, isFilled: false);
        Events.Add(new VenueEvent.Cancelled(order.Account, order.Id, order.Terms.Number, reason, unfilled ?? order.Lots));
    }

    private void Remember(ReferenceOrder order, bool isFilled)
    {
        if (!_ended.TryGetValue(order.Account, out var ended)) _ended[order.Account] = ended = [];
        ended.Add(new EndedReference(order.Asked, Place, isFilled));
        if (ended.Count > VenueLimits.MaxEndedOrdersPerAccount) ended.RemoveAt(0);
    }
}

/// <summary>An order that ended.</summary>
internal sealed record EndedReference(NewOrder Order, (ulong Block, uint Entry) Place, bool IsFilled)
{
    public bool SaysTheSame(NewOrder other) => Order with { Session = 0 } == other with { Session = 0 };
}

/// <summary>An open order of the reference venue.</summary>
internal sealed class ReferenceOrder
{
    public required uint Account { get; init; }

    /// <summary>As it was placed.</summary>
    public required NewOrder Asked { get; init; }

    public required ReferenceMarket Market { get; init; }

    public MarketTerms Terms => Market.Terms;

    /// <summary>The price that it trades to and holds for.</summary>
    public required long Price { get; set; }

    /// <summary>Whether it holds anything: a conditional order does not before it is firm.</summary>
    public bool Holds { get; set; } = true;

    public required ulong Lots { get; set; }

    public required BlockTime? Expiry { get; set; }

    public required long Placed { get; init; }

    public required uint MostFee { get; set; }

    public long Stamp { get; set; }

    public ulong Id => Asked.ClientOrderId;

    public Side Side => Asked.Side;

    public bool Is(OrderFlags flag) => (Asked.Flags & flag) != 0;

    /// <summary>The least of one counterparty's order that it takes, with so many of its own lots open, while it rests.</summary>
    public ulong LeastAtRest =>
        Asked.MinimumInteraction.Lots != 0 ? LeastOfEach : Lots >= Asked.MinimumQuantity.Lots ? Asked.MinimumQuantity.Lots : 0;

    /// <summary>The least of each counterparty's order that it takes when it arrives.</summary>
    public ulong LeastOfEach => Lots >= Asked.MinimumInteraction.Lots ? Asked.MinimumInteraction.Lots : 0;

    /// <summary>The least in sum that it takes when it arrives: a minimum interaction wins over it.</summary>
    public ulong LeastInSum =>
        Asked.MinimumInteraction.Lots == 0 && Lots >= Asked.MinimumQuantity.Lots ? Asked.MinimumQuantity.Lots : 0;

    public ReferenceOrder Copy() => (ReferenceOrder)MemberwiseClone();
}
