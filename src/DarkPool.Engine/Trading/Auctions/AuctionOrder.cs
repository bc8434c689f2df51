namespace DarkPool.Engine.Trading.Auctions;

/// <summary>An order for an auction book.</summary>
public readonly record struct AuctionOrder
{
    /// <summary>Any number that no resting order has.</summary>
    public required ulong Id { get; init; }

    /// <summary>Whose it is, for the counterparty filter.</summary>
    public uint Owner { get; init; }

    /// <summary>
    /// Names the order in draws: a number of its owner's that no other resting order of the owner has, and that does not tell when the
    /// order arrived.
    /// </summary>
    public required ulong Key { get; init; }

    /// <summary>Buy or sell.</summary>
    public required Side Side { get; init; }

    /// <summary>The limit, in ticks: for a market order, the edge of its collar.</summary>
    public required Price Price { get; init; }

    /// <summary>Lots; at least one.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>The least that it trades in one auction.</summary>
    public TradeMinimum Minimum { get; init; }

    /// <summary>Whether it stays for later auctions. <see cref="Execution.PostOnly"/> has no meaning here.</summary>
    public Execution Execution { get; init; }
}

/// <summary>An order that waits in an auction book.</summary>
/// <param name="Order">As it was placed, with its present price and open quantity.</param>
/// <param name="Cohort">The auction that it was first there for, counted from 0.</param>
public readonly record struct WaitingOrder(AuctionOrder Order, ulong Cohort);

/// <summary>What governs one auction.</summary>
/// <param name="Low">The lowest price at which it may clear, in ticks.</param>
/// <param name="High">The highest.</param>
/// <param name="Reference">The reference price; null takes the middle of the prices that could trade, rounded down.</param>
/// <param name="Allocation">How marginal orders share.</param>
/// <param name="Draw">A number that nobody could foresee: it breaks the last ties.</param>
public readonly record struct AuctionCall(Price Low, Price High, Price? Reference, AuctionAllocation Allocation, ulong Draw);

/// <summary>One trade of an auction.</summary>
/// <param name="BuyId">The order that bought.</param>
/// <param name="SellId">The order that sold.</param>
/// <param name="Price">The auction's price, in ticks.</param>
/// <param name="Quantity">Lots traded; at least one.</param>
/// <param name="BuyRemaining">Lots of the buying order still open; zero ends it.</param>
/// <param name="SellRemaining">Lots of the selling order still open.</param>
public readonly record struct AuctionTrade(
    ulong BuyId, ulong SellId, Price Price, Quantity Quantity, Quantity BuyRemaining, Quantity SellRemaining);

/// <summary>
/// Where an <see cref="AuctionBook"/> tells what happened. Implemented by a struct and passed by reference. A sink must not call back into
/// the book.
/// </summary>
public interface IAuctionSink
{
    /// <summary>An order waits for the auction.</summary>
    void Accepted(in AuctionOrder order);

    /// <summary>An auction was held. Its trades follow; without volume there are none, and the price has no meaning.</summary>
    /// <param name="auction">Which one, counted from 0.</param>
    /// <param name="clearing">Price and volume.</param>
    void Held(ulong auction, Clearing clearing);

    /// <summary>Two orders traded at the auction's price.</summary>
    void Traded(in AuctionTrade trade);

    /// <summary>An order ended with <paramref name="remaining"/> lots unfilled.</summary>
    void Cancelled(ulong id, Quantity remaining, CancelReason reason);

    /// <summary>An order has a new price and open quantity.</summary>
    void Replaced(ulong id, Price price, Quantity quantity, bool keptPriority);

    /// <summary>A command was refused and changed nothing.</summary>
    void Rejected(ulong id, BookRejection reason);
}
