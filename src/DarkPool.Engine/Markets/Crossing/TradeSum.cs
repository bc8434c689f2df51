using DarkPool.Engine.Settlement;

namespace DarkPool.Engine.Markets.Crossing;

/// <summary>Adds up the trades of one event of a market.</summary>
internal struct TradeSum
{
    private uint _trades;
    private UInt128 _notional;
    private UInt128 _lots;

    public void Add(ulong lots, UInt128 notional)
    {
        _trades++;
        _lots += lots;
        _notional += notional;
    }

    /// <summary>Hands the sum to settlement.</summary>
    public readonly void Settle(PendingTrades pending, BlockTime due)
    {
        if (_trades != 0) pending.Add(_trades, _lots, _notional, due);
    }
}
