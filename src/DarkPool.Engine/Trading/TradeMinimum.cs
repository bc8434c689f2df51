namespace DarkPool.Engine.Trading;

/// <summary>
/// The least that an order trades, as on the dark order types of TSX: a minimum quantity is an aggregate over the fills of one event, a
/// minimum interaction size holds per counterparty and wins if both are set; once fewer lots are open than the minimum, any size will do.
/// </summary>
/// <param name="Quantity">Least lots in sum; 0 for any.</param>
/// <param name="Interaction">Least lots with one counterparty's order; 0 for any.</param>
public readonly record struct TradeMinimum(ulong Quantity, ulong Interaction)
{
    /// <summary>The least sum that an order with so many open lots takes, where it may gather several counterparties.</summary>
    public ulong Sum(ulong open) => Interaction == 0 && open >= Quantity ? Quantity : 0;

    /// <summary>The least that it takes of one counterparty's order, where it may gather several.</summary>
    public ulong Each(ulong open) => open >= Interaction ? Interaction : 0;

    /// <summary>The least that it takes of one counterparty's order while it rests: there is no other one to gather.</summary>
    public ulong AtRest(ulong open) => Math.Max(Sum(open), Each(open));

    /// <summary>Whether an order that rests takes any size once it has shrunk from so many open lots to so many, but not before.</summary>
    public bool IsLifted(ulong before, ulong after) => after != 0 && AtRest(before) != 0 && AtRest(after) == 0;
}
