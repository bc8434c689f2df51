namespace DarkPool.Engine.Lending.Liquidation;

/// <summary>Users, in the order in which they came. Kept and used again, so that only growing allocates.</summary>
internal sealed class UserBuffer
{
    private uint[] _users = new uint[64];

    public int Count { get; private set; }

    public long Bytes => _users.LongLength * sizeof(uint);

    public ReadOnlySpan<uint> Users => _users.AsSpan(0, Count);

    public void Add(uint user)
    {
        if (Count == _users.Length) Array.Resize(ref _users, Count * 2);
        _users[Count++] = user;
    }

    public void Clear() => Count = 0;

    public void Sort() => _users.AsSpan(0, Count).Sort();

    /// <summary>Takes out the user at a place; the last one moves there.</summary>
    public uint RemoveAt(int at)
    {
        var moved = _users[--Count];
        _users[at] = moved;
        return moved;
    }
}
