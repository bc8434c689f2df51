using DarkPool.Engine.Counterparties;
using DarkPool.Engine.Journals;
using DarkPool.Engine.Ledger;
using DarkPool.Engine.Memory;
using DarkPool.Engine.Orders;

namespace DarkPool.Engine;

/// <summary>What all markets of a venue share while they execute a block.</summary>
internal sealed class VenueState
{
    public VenueState(HashKey hash)
    {
        Accounts = new AccountDirectory(hash);
        Orders = new OpenOrders(hash);
        Crossing = new CrossingOrders(Orders.Pool);
        Counterparties = new CounterpartyRules(Accounts);
    }

    public AccountDirectory Accounts { get; }

    public BalanceLedger Ledger { get; } = new();

    public OpenOrders Orders { get; }

    public CounterpartyRules Counterparties { get; }

    public Journal Journal { get; } = new();

    /// <summary>What is held for the orders that no ladder of the venue keeps.</summary>
    public CrossingOrders Crossing { get; }

    /// <summary>Feeds of signed prices and quotes, by number.</summary>
    public SortedDictionary<uint, PriceFeed> Feeds { get; } = [];

    /// <summary>What every draw of this venue follows from; secret.</summary>
    public Digest DrawSeed { get; set; }

    /// <summary>The present block, or the last one between blocks.</summary>
    public ulong Block { get; set; }

    /// <summary>Its time.</summary>
    public BlockTime Time { get; set; }

    /// <summary>Trades so far.</summary>
    public ulong Trades { get; set; }

    /// <summary>Orders so far that were taken with an expiry.</summary>
    public ulong ExpiringOrders { get; set; }
}
