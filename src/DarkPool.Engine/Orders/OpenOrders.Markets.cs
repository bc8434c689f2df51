using DarkPool.Engine.Memory;

namespace DarkPool.Engine.Orders;

/// <summary>
/// Open orders per account and market, kept only for markets that limit them: other markets pay one look at a byte.
/// </summary>
internal sealed unsafe partial class OpenOrders
{
    private readonly bool[] _isCounted = new bool[VenueLimits.MaxMarkets];
    private readonly WordMap _counts = new();

    /// <summary>Count of an account's open orders in a market that is counted.</summary>
    public uint CountOf(uint account, uint market) => (uint)_counts.Get(Key(account, market));

    /// <summary>Begins or ends counting in a market; counts the orders that are there, which no other market has.</summary>
    public void SetCounted(uint market, bool counted, IEnumerable<uint> slots)
    {
        if (_isCounted[market] == counted) return;
        foreach (var slot in slots) Change(Pool.Nodes[slot].Owner, market, counted ? 1 : -1);
        _isCounted[market] = counted;
    }

    private void CountIn(uint account, uint market, int change)
    {
        if (_isCounted[market]) Change(account, market, change);
    }

    private void Change(uint account, uint market, int change)
    {
        var key = Key(account, market);
        _counts.Set(key, (ulong)((long)_counts.Get(key) + change));
    }

    private static ulong Key(uint account, uint market) => ((ulong)market << 32) | account;
}
