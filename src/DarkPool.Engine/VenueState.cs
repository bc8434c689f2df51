using DarkPool.Engine.Journals;
using DarkPool.Engine.Ledger;
using DarkPool.Engine.Memory;
using DarkPool.Engine.Orders;

namespace DarkPool.Engine;

/// <summary>What all markets of a venue share while they execute a block.</summary>
internal sealed class VenueState(HashKey hash)
{
    public AccountDirectory Accounts { get; } = new(hash);

    public BalanceLedger Ledger { get; } = new();

    public OpenOrders Orders { get; } = new(hash);

    public Journal Journal { get; } = new();

    /// <summary>The present block, or the last one between blocks.</summary>
    public ulong Block { get; set; }

    /// <summary>Its time.</summary>
    public BlockTime Time { get; set; }

    /// <summary>Trades so far.</summary>
    public ulong Trades { get; set; }

    /// <summary>Orders so far that were taken with an expiry.</summary>
    public ulong ExpiringOrders { get; set; }
}
