namespace DarkPool.Engine.Settlement;

/// <summary>The sum of trades of one market.</summary>
internal struct TradeTotals
{
    /// <summary>Count of trades.</summary>
    public uint Trades;

    /// <summary>Lots traded.</summary>
    public UInt128 Lots;

    /// <summary>What was paid, in base units of the quote asset.</summary>
    public UInt128 Notional;

    /// <summary>Adds; false, with nothing added, if a sum would overflow.</summary>
    public bool TryAdd(uint trades, UInt128 lots, UInt128 notional)
    {
        if (uint.MaxValue - Trades < trades || UInt128.MaxValue - Lots < lots || UInt128.MaxValue - Notional < notional) return false;
        Trades += trades;
        Lots += lots;
        Notional += notional;
        return true;
    }
}
