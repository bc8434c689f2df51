namespace DarkPool.Engine.Lending.Liquidation;

/// <summary>One pair of a pool's collateral and debt: its terms, sealed bids, backstops and stops.</summary>
public sealed class LiquidationMarket(LiquidationTerms terms)
{
    /// <summary>Most backstops of a market.</summary>
    public const int MaxBackstops = 16;

    private readonly List<uint> _backstops = [];

    /// <summary>Its terms.</summary>
    public LiquidationTerms Terms { get; set; } = terms;

    /// <summary>The sealed bids.</summary>
    public LiquidationBids Bids { get; } = new();

    /// <summary>Accounts that take at the fixed bonus what nobody bought, in this order.</summary>
    public IReadOnlyList<uint> Backstops => _backstops;

    internal StopOrders Stops { get; } = new();

    /// <summary>Registers a backstop behind the others, or takes one out; false if nothing changes or there are too many.</summary>
    public bool SetBackstop(uint account, bool isRegistered)
    {
        if (!isRegistered) return _backstops.Remove(account);
        if (_backstops.Contains(account) || _backstops.Count == MaxBackstops) return false;
        _backstops.Add(account);
        return true;
    }

    /// <summary>Sets a borrower's stop in place of one before; no lots withdraw it. False if there is no room for it.</summary>
    public bool TrySetStop(in StopOrder stop)
    {
        Stops.Remove(stop.User);
        if (stop.Lots == 0) return true;
        if (Stops.Count == StopOrders.MaxStops) return false;
        Stops.Add(stop);
        return true;
    }
}
