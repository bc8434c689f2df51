namespace DarkPool.Engine.Trading;

/// <summary>
/// Where a <see cref="ContinuousBook"/> tells what happened, in order. Implemented by a struct and passed by reference, so that every
/// call is direct and nothing is allocated. A sink must not call back into the book.
/// </summary>
public interface IBookSink
{
    /// <summary>An order was taken; its trades follow, then it rests or is cancelled.</summary>
    void Accepted(ulong id, Side side, Price price, Quantity quantity);

    /// <summary>Two orders traded at the maker's price.</summary>
    void Traded(in BookTrade trade);

    /// <summary>An order ended with <paramref name="remaining"/> lots unfilled.</summary>
    void Cancelled(ulong id, Quantity remaining, CancelReason reason);

    /// <summary>An order has a new price and open quantity; if it lost its priority its trades follow.</summary>
    void Replaced(ulong id, Price price, Quantity quantity, bool keptPriority);

    /// <summary>A command was refused and changed nothing.</summary>
    void Rejected(ulong id, BookRejection reason);
}
