namespace DarkPool.Engine.Trading;

/// <summary>What a book does with the part of a new order that does not trade at once.</summary>
public enum Execution : byte
{
    /// <summary>It rests.</summary>
    Rest = 0,

    /// <summary>It is cancelled.</summary>
    ImmediateOrCancel = 1,

    /// <summary>There is none: an order that cannot trade whole at once trades nothing.</summary>
    FillOrKill = 2,

    /// <summary>The order rests whole: one that would trade at once is rejected.</summary>
    PostOnly = 3,
}

/// <summary>Why a book refused a command.</summary>
public enum BookRejection : byte
{
    /// <summary>Not refused.</summary>
    None = 0,

    /// <summary>An order of that id rests.</summary>
    DuplicateId = 1,

    /// <summary>No order of that id rests: it never did, was filled, or was cancelled.</summary>
    UnknownOrder = 2,

    /// <summary>The quantity is zero.</summary>
    InvalidQuantity = 3,

    /// <summary>A side or execution of no meaning.</summary>
    InvalidTerms = 4,

    /// <summary>A post-only order that would trade at once.</summary>
    WouldTrade = 5,

    /// <summary>The book is at its limit of resting orders.</summary>
    BookFull = 6,
}

/// <summary>An order that rests in a book.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Side">Its side.</param>
/// <param name="Price">Its limit, in ticks.</param>
/// <param name="Remaining">Its open lots; at least one.</param>
public readonly record struct RestingOrder(ulong Id, Side Side, Price Price, Quantity Remaining);

/// <summary>A price and all that rests there.</summary>
/// <param name="Price">The price, in ticks.</param>
/// <param name="Lots">The sum of open lots of its orders.</param>
public readonly record struct BookLevel(Price Price, UInt128 Lots);
