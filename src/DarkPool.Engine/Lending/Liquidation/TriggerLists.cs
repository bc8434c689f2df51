using DarkPool.Engine.Memory;

namespace DarkPool.Engine.Lending.Liquidation;

/// <summary>
/// Users waiting for keys to fall: one list per key (a reserve's supply factor, or its debt factor upside down), in buckets of 2^-11 of
/// a doubling (0.034 %). What is passed when a key falls is found without looking at what is not. Entries are 24 bytes in one pool; a
/// user's own entries are chained, so that they leave together. Nothing is allocated but by growing.
/// </summary>
internal sealed unsafe class TriggerLists
{
    private const int BucketShift = LogLevel.FractionBits - 11;

    // A factor is a price (8 decimals) times an index (27): levels below 2^80 and above 2^176 share the outermost buckets.
    private const uint LowestBucket = 80u << 11;
    private const uint BucketCount = 96u << 11;

    private readonly uint[]?[] _heads;
    private readonly uint[] _keys;
    private readonly PinnedBuffer<Entry> _entries = new(1024);
    private uint[] _firstOfUser = new uint[16];
    private uint _free;
    private uint _used = 1;

    public TriggerLists(int lists)
    {
        _heads = new uint[]?[lists];
        _keys = new uint[lists];
    }

    private struct Entry
    {
        public uint User;
        public uint Trigger;
        public uint Next;
        public uint Previous;
        public uint NextOfUser;
        public uint List;
    }

    /// <summary>Entries waiting.</summary>
    public long Count { get; private set; }

    /// <summary>Bytes held.</summary>
    public long Bytes =>
        _entries.Bytes + (_firstOfUser.LongLength * sizeof(uint)) + _heads.Sum(heads => (heads?.LongLength ?? 0) * sizeof(uint));

    /// <summary>Makes room for users.</summary>
    public void EnsureUser(uint user)
    {
        if (user >= _firstOfUser.Length) Array.Resize(ref _firstOfUser, checked((int)Math.Max(user + 1, (uint)_firstOfUser.Length * 2)));
    }

    /// <summary>Whether a user waits for anything.</summary>
    public bool IsWaiting(uint user) => _firstOfUser[user] != 0;

    /// <summary>The list's key as it was last told.</summary>
    public uint KeyOf(int list) => _keys[list];

    /// <summary>Has a user wait until a list's key is <paramref name="trigger"/> or less.</summary>
    public void Add(uint user, int list, uint trigger)
    {
        var slot = Take();
        ref var head = ref (_heads[list] ??= new uint[BucketCount])[BucketOf(trigger)];
        ref var entry = ref _entries.Items[slot];
        entry = new Entry { User = user, Trigger = trigger, Next = head, NextOfUser = _firstOfUser[user], List = (uint)list };
        if (head != 0) _entries.Items[head].Previous = slot;
        head = slot;
        _firstOfUser[user] = slot;
        Count++;
    }

    /// <summary>A user waits for nothing any more.</summary>
    public void Remove(uint user)
    {
        for (var slot = _firstOfUser[user]; slot != 0;)
        {
            ref var entry = ref _entries.Items[slot];
            var next = entry.NextOfUser;
            if (entry.Previous != 0) _entries.Items[entry.Previous].Next = entry.Next;
            else _heads[entry.List]![BucketOf(entry.Trigger)] = entry.Next;
            if (entry.Next != 0) _entries.Items[entry.Next].Previous = entry.Previous;
            entry.Next = _free;
            _free = slot;
            slot = next;
            Count--;
        }

        _firstOfUser[user] = 0;
    }

    /// <summary>Tells a list's key and names to <paramref name="passed"/> each user whose trigger it has reached; they go on
    /// waiting.</summary>
    public void MoveTo(int list, uint key, UserBuffer passed)
    {
        var before = _keys[list];
        _keys[list] = key;
        if (_heads[list] is not { } heads) return;
        var last = BucketOf(key);
        // A trigger is never more than one above the key at which it was set.
        for (var bucket = BucketOf(before == uint.MaxValue ? before : before + 1); bucket >= last && bucket < BucketCount; bucket--)
        {
            for (var slot = heads[bucket]; slot != 0; slot = _entries.Items[slot].Next)
            {
                if (_entries.Items[slot].Trigger >= key) passed.Add(_entries.Items[slot].User);
            }
        }
    }

    private static uint BucketOf(uint level)
    {
        var bucket = level >> BucketShift;
        return bucket <= LowestBucket ? 0 : Math.Min(bucket - LowestBucket, BucketCount - 1);
    }

    private uint Take()
    {
        if (_free != 0)
        {
            var slot = _free;
            _free = _entries.Items[slot].Next;
            return slot;
        }

        if (_used == _entries.Length) _entries.Grow(_entries.Length * 2);
        return _used++;
    }
}
