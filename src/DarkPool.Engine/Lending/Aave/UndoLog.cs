namespace DarkPool.Engine.Lending.Aave;

/// <summary>What an operation has touched, as it was before: an operation that is refused half way leaves nothing behind.</summary>
internal sealed class UndoLog
{
    private readonly Kept<PoolUser> _users = new();
    private readonly Kept<PoolPosition> _positions = new();
    private readonly Kept<Reserve> _reserves = new();

    public void Keep(uint index, in PoolUser user) => _users.Add(index, user);

    public void Keep(uint index, in PoolPosition position) => _positions.Add(index, position);

    public void Keep(int index, in Reserve reserve) => _reserves.Add((uint)index, reserve);

    public void Clear()
    {
        _users.Clear();
        _positions.Clear();
        _reserves.Clear();
    }

    /// <summary>Where the log stands: what is kept after it can be undone without what was kept before.</summary>
    public Mark Here => new(_users.Count, _positions.Count, _reserves.Count);

    public void Restore(PoolUser[] users, PoolPosition[] positions, Reserve[] reserves, in Mark mark)
    {
        _users.Restore(users, mark.Users);
        _positions.Restore(positions, mark.Positions);
        _reserves.Restore(reserves, mark.Reserves);
    }

    /// <summary>Counts of what was kept.</summary>
    internal readonly record struct Mark(int Users, int Positions, int Reserves);

    private sealed class Kept<T>
        where T : struct
    {
        private (uint Index, T Before)[] _entries = new (uint, T)[16];
        private int _count;

        public int Count => _count;

        public void Add(uint index, in T before)
        {
            if (_count == _entries.Length) Array.Resize(ref _entries, _count * 2);
            _entries[_count++] = (index, before);
        }

        public void Clear() => _count = 0;

        // Backwards, so that of several copies of one thing the oldest stays.
        public void Restore(T[] to, int mark)
        {
            while (_count > mark)
            {
                ref readonly var entry = ref _entries[--_count];
                to[entry.Index] = entry.Before;
            }
        }
    }
}
