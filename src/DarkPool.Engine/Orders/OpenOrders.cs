using System.Runtime.CompilerServices;
using DarkPool.Engine.Memory;
using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Orders;

/// <summary>
/// The orders of all accounts and markets: the open ones in one pool of slots, counted and chained per account and queued by expiry; the
/// last ended ones as records. Both are found by account and client order id in one index, so that one look-up says of an id whether it
/// is open, ended or unknown.
/// </summary>
internal sealed unsafe partial class OpenOrders
{
    private const int SmallestCapacity = 1024;

    /// <summary>Marks an entry of the index that is a record of an ended order, not a slot.</summary>
    private const uint EndedMark = 0x8000_0000;

    private readonly SlotIndex _index = new(SmallestCapacity);
    private readonly PinnedBuffer<Chain> _chains = new(SmallestCapacity);
    private readonly EndedOrders _ended = new();
    private readonly HashKey _hash;

    public OpenOrders(HashKey hash)
    {
        _hash = hash;
        Pool = new OrderPool(SmallestCapacity);
        Details = new OrderDetails(Pool);
        Expiring = new ExpiryQueue(Details);
    }

    /// <summary>An account's open orders, oldest first.</summary>
    private struct Chain
    {
        public uint Oldest;
        public uint Youngest;
        public uint Count;
    }

    /// <summary>The nodes of all books.</summary>
    public OrderPool Pool { get; }

    /// <summary>What the venue knows of each order.</summary>
    public OrderDetails Details { get; }

    /// <summary>The orders that expire.</summary>
    public ExpiryQueue Expiring { get; }

    /// <summary>The last ended orders.</summary>
    public EndedOrders Ended => _ended;

    /// <summary>The present block, for orders that end.</summary>
    public ulong Block { get; set; }

    /// <summary>The present entry of it.</summary>
    public uint Entry { get; set; }

    /// <summary>Count of open orders.</summary>
    public long Count { get; private set; }

    /// <summary>Count of an account's open orders.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint CountOf(uint account) => account < _chains.Length ? _chains.Items[account].Count : 0;

    /// <summary>The slot of an account's oldest open order, or 0; <see cref="OrderDetail.Younger"/> leads on.</summary>
    public uint OldestOf(uint account) => account < _chains.Length ? _chains.Items[account].Oldest : 0;

    /// <summary>The hash under which an order is found.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint HashOf(uint account, ulong clientOrderId) => _hash.Of(clientOrderId, account);

    /// <summary>What is known under an id: see <see cref="IsEnded"/>; 0 for nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Locate(uint account, ulong clientOrderId, uint hash) => _index.Find(hash, Match(account, clientOrderId));

    /// <summary>
    /// What <see cref="Locate"/> finds; and if that is nothing, a place for the id, which stays good until another one is added.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint LocateOrReserve(uint account, ulong clientOrderId, uint hash, out SlotIndex.FreeEntry place) =>
        _index.Contains(hash, Match(account, clientOrderId), out place) ? Locate(account, clientOrderId, hash) : 0;

    /// <summary>Whether what was located is an order that ended; else it is the slot of an open one.</summary>
    public static bool IsEnded(uint located) => (located & EndedMark) != 0;

    /// <summary>The record of an ended order that was located.</summary>
    public ref readonly EndedOrder EndedAt(uint located) => ref _ended.Records[located & ~EndedMark];

    /// <summary>The slot of an open order, or 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Find(uint account, ulong clientOrderId, uint hash)
    {
        var located = Locate(account, clientOrderId, hash);
        return IsEnded(located) ? 0 : located;
    }

    /// <summary>The fingerprint of the order that was located, open or ended.</summary>
    public ulong FingerprintOf(uint located) => IsEnded(located) ? EndedAt(located).Fingerprint : Details[located].Fingerprint;

    /// <summary>The node of an open order.</summary>
    public ref readonly OrderNode Order(uint slot) => ref Pool.Nodes[slot];

    /// <summary>Takes note of an order that has come to rest, or has moved to another slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(uint slot, uint hash, in OrderDetail detail, SlotIndex.FreeEntry place = default)
    {
        _index.Add(hash, place, slot);
        var account = Pool.Nodes[slot].Owner;
        if (account >= _chains.Length) _chains.Grow(Math.Max(account + 1L, _chains.Length * 2));
        Details.Cover(slot);
        ref var chain = ref _chains.Items[account];
        ref var at = ref Details[slot];
        at = detail;
        at.Younger = 0;
        at.Older = chain.Youngest;
        if (chain.Youngest == 0) chain.Oldest = slot;
        else Details[chain.Youngest].Younger = slot;
        chain.Youngest = slot;
        chain.Count++;
        Count++;
        CountIn(account, detail.Market, 1);
    }

    /// <summary>Takes note that an open order moves: it is added again, or ends by <see cref="AddEnded"/>.</summary>
    public void Detach(uint slot, uint hash)
    {
        _index.Remove(hash, slot);
        Unlink(slot);
    }

    /// <summary>Takes note that an open order ends; its slot is to be given back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void End(uint slot, uint hash, OrderEnd end)
    {
        ref readonly var node = ref Pool.Nodes[slot];
        var entry = _index.FindEntry(hash, Match(node.Owner, node.Id));
        *entry = EndedMark | Remember(node.Owner, node.Id, hash, Details[slot].Fingerprint, end);
        Unlink(slot);
        Forget(node.Owner);
    }

    /// <summary>Takes note of an order that ended before it rested.</summary>
    public void AddEnded(
        uint account, ulong clientOrderId, uint hash, ulong fingerprint, OrderEnd end, SlotIndex.FreeEntry place = default)
    {
        _index.Add(hash, place, EndedMark | Remember(account, clientOrderId, hash, fingerprint, end));
        Forget(account);
    }

    /// <summary>Puts an account's open orders into an order among themselves; false if these are not just all of them.</summary>
    public bool TryArrange(uint account, ReadOnlySpan<uint> oldestFirst)
    {
        if (oldestFirst.IsEmpty || oldestFirst.Length != CountOf(account)) return false;
        for (var slot = OldestOf(account); slot != 0; slot = Details[slot].Younger) Details[slot].Older = uint.MaxValue;
        var older = 0U;
        foreach (var slot in oldestFirst)
        {
            if (slot == 0 || Details[slot].Older != uint.MaxValue) return false;
            Details[slot].Older = older;
            if (older != 0) Details[older].Younger = slot;
            older = slot;
        }

        Details[older].Younger = 0;
        (_chains.Items[account].Oldest, _chains.Items[account].Youngest) = (oldestFirst[0], older);
        return true;
    }

    private uint Remember(uint account, ulong clientOrderId, uint hash, ulong fingerprint, OrderEnd end) => _ended.Add(new EndedOrder
    {
        Id = clientOrderId,
        Fingerprint = fingerprint,
        Block = Block,
        Entry = Entry,
        Account = account,
        Hash = hash,
        End = end,
    });

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Forget(uint account)
    {
        if (_ended.CountOf(account) <= VenueLimits.MaxEndedOrdersPerAccount) return;
        var oldest = _ended.FirstOf(account);
        _index.Remove(_ended.Records[oldest].Hash, EndedMark | oldest);
        _ended.RemoveFirst(account);
        ExpectForgetting(_ended.FirstOf(account));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Unlink(uint slot)
    {
        ref readonly var detail = ref Details[slot];
        ref var chain = ref _chains.Items[Pool.Nodes[slot].Owner];
        if (detail.Older == 0) chain.Oldest = detail.Younger;
        else Details[detail.Older].Younger = detail.Younger;
        if (detail.Younger == 0) chain.Youngest = detail.Older;
        else Details[detail.Younger].Older = detail.Older;
        chain.Count--;
        Count--;
        CountIn(Pool.Nodes[slot].Owner, detail.Market, -1);
        if (detail.ExpiryPlace != 0) Expiring.Remove(slot);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private OwnerMatch Match(uint account, ulong clientOrderId) => new(Pool.Nodes, _ended.Records, account, clientOrderId);

    private readonly struct OwnerMatch(OrderNode* nodes, EndedOrder* ended, uint account, ulong clientOrderId) : ISlotMatch
    {
        public bool Matches(uint slot)
        {
            if (!IsEnded(slot)) return nodes[slot].Id == clientOrderId && nodes[slot].Owner == account;
            var record = ended + (slot & ~EndedMark);
            return record->Id == clientOrderId && record->Account == account;
        }
    }
}
