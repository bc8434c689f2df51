using DarkPool.Engine.Memory;

namespace DarkPool.Engine.Orders;

/// <summary>
/// Counts the immediate orders of each account in the present window of time. Windows follow one another without overlap; a count of an
/// earlier window counts for nothing.
/// </summary>
internal sealed unsafe class ImmediateRate
{
    private const int SmallestCapacity = 64;

    private readonly PinnedBuffer<Tally> _tallies = new(SmallestCapacity);

    private struct Tally
    {
        public long Window;
        public ulong Count;
    }

    /// <summary>Accounts that may have a count: their indices are below this.</summary>
    public uint Accounts { get; private set; }

    /// <summary>Orders of an account in a window.</summary>
    public ulong CountOf(uint account, long window) =>
        account < Accounts && _tallies.Items[account].Window == window ? _tallies.Items[account].Count : 0;

    /// <summary>Counts an order of the present window.</summary>
    public void Add(uint account, long window) => Set(account, window, CountOf(account, window) + 1);

    /// <summary>Puts back a count of the present window.</summary>
    public void Set(uint account, long window, ulong count)
    {
        if (account >= _tallies.Length) _tallies.Grow(Math.Max(account + 1L, _tallies.Length * 2));
        Accounts = Math.Max(Accounts, account + 1);
        _tallies.Items[account] = new Tally { Window = window, Count = count };
    }
}
