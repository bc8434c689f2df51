using DarkPool.Engine.Trading.Auctions;

namespace DarkPool.Engine.Trading.Midpoint;

/// <summary>
/// Conditional orders beside a midpoint book. When there is somebody to trade with, a round begins: the owners concerned are invited to
/// firm up, each told of its own order only. The round ends when all have answered or the time is over: what is firm then trades at the
/// midpoint with the orders that rest and with what is firm on the other side; several that are firm share by size. An invited order
/// ends with its round, whether or not it was firmed up, so an interest is asked once. One round at a time.
/// </summary>
public sealed partial class ConditionalBook
{
    /// <summary>Conditional orders of one book: few enough to look through at every command.</summary>
    public const int MaxOrders = 1024;

    /// <summary>Invitations of one round.</summary>
    public const int MaxInvitations = 64;

    private readonly MidpointBook _firm;
    private readonly UniformCross _cross = new();
    private readonly SortedDictionary<uint, FirmUpRecord> _records = [];
    private ConditionalOrder[] _orders = new ConditionalOrder[16];

    /// <summary>No conditional orders beside a midpoint book.</summary>
    public ConditionalBook(MidpointBook firm)
    {
        ArgumentNullException.ThrowIfNull(firm);
        _firm = firm;
    }

    /// <summary>Conditional orders, whatever their state.</summary>
    public int Count { get; private set; }

    /// <summary>The round that is open, or the last one; 0 before the first.</summary>
    public ulong Round { get; private set; }

    /// <summary>When the open round ends, in the microseconds of block times; null if none is open.</summary>
    public long? Deadline { get; private set; }

    /// <summary>The conditional orders, first come first.</summary>
    public ReadOnlySpan<ConditionalOrder> Orders => _orders.AsSpan(0, Count);

    /// <summary>What accounts did with their invitations, by ascending account.</summary>
    public IEnumerable<KeyValuePair<uint, FirmUpRecord>> Records => _records;

    /// <summary>Whether an account is kept out because it firms up too seldom.</summary>
    public bool IsOut(uint owner, long now) => _records.TryGetValue(owner, out var record) && now < record.OutUntil;

    /// <summary>Takes a conditional order. Nobody is invited before <see cref="Invite"/>.</summary>
    /// <returns>Why it was refused, or <see cref="BookRejection.None"/>.</returns>
    public BookRejection Place<TSink>(in ConditionalOrder order, ref TSink sink)
        where TSink : struct, IConditionalSink, allows ref struct
    {
        if (order.Side is not (Side.Buy or Side.Sell) || order.Peg > Peg.Market) return BookRejection.InvalidTerms;
        if (order.Quantity.Lots == 0) return BookRejection.InvalidQuantity;
        if (IndexOf(order.Id) >= 0 || _firm.TryFind(order.Id, out _)) return BookRejection.DuplicateId;
        if (Count == MaxOrders) return BookRejection.BookFull;
        Append(order with { State = ConditionalState.Waiting });
        sink.Accepted(order);
        return BookRejection.None;
    }

    /// <summary>Withdraws a conditional order. One that was invited counts as not firmed up, even if it is firm.</summary>
    /// <returns>Why it was refused, or <see cref="BookRejection.None"/>.</returns>
    public BookRejection Cancel<TSink>(ulong id, CancelReason reason, uint floor, long now, ref TSink sink)
        where TSink : struct, IConditionalSink, allows ref struct
    {
        var index = IndexOf(id);
        if (index < 0) return BookRejection.UnknownOrder;
        var order = _orders[index];
        if (order.State != ConditionalState.Waiting) Record(order.Owner, false, floor, now);
        RemoveAt(index);
        sink.Ended(order, order.Quantity, reason);
        return BookRejection.None;
    }

    /// <summary>Firms up an invited order for as many lots as it was placed with or fewer, and with the limit it is to have.</summary>
    /// <returns>Why it was refused, or <see cref="BookRejection.None"/>.</returns>
    public BookRejection FirmUp<TSink>(ulong id, Quantity quantity, Price limit, ref TSink sink)
        where TSink : struct, IConditionalSink, allows ref struct
    {
        var index = IndexOf(id);
        if (index < 0 || _orders[index].State != ConditionalState.Invited) return BookRejection.UnknownOrder;
        ref var order = ref _orders[index];
        if (quantity.Lots == 0 || quantity > order.Quantity) return BookRejection.InvalidQuantity;
        (order.Quantity, order.Limit, order.State) = (quantity, limit, ConditionalState.Firm);
        sink.Firmed(order, Round);
        return BookRejection.None;
    }

    /// <summary>A conditional order.</summary>
    public bool TryFind(ulong id, out ConditionalOrder order)
    {
        var index = IndexOf(id);
        order = index < 0 ? default : _orders[index];
        return index >= 0;
    }

    /// <summary>Puts the book into the state of another one: its round, then its orders first come first, then its records.</summary>
    public void Restore(
        ulong round, long? deadline, ReadOnlySpan<ConditionalOrder> orders, IEnumerable<KeyValuePair<uint, FirmUpRecord>> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        (Round, Deadline, Count) = (round, deadline, 0);
        foreach (ref readonly var order in orders) Append(order);
        _records.Clear();
        foreach (var (owner, record) in records) _records.Add(owner, record);
    }

    private int IndexOf(ulong id)
    {
        for (var index = 0; index < Count; index++)
        {
            if (_orders[index].Id == id) return index;
        }

        return -1;
    }

    private void Append(in ConditionalOrder order)
    {
        if (Count == _orders.Length) Array.Resize(ref _orders, Count * 2);
        _orders[Count++] = order;
    }

    private void RemoveAt(int index)
    {
        Count--;
        _orders.AsSpan(index + 1, Count - index).CopyTo(_orders.AsSpan(index));
    }

    private void Record(uint owner, bool firmed, uint floor, long now)
    {
        _records.TryGetValue(owner, out var record);
        _records[owner] = record.After(firmed, floor, now);
    }
}
