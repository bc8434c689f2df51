namespace DarkPool.Engine.Trading;

/// <summary>
/// Says who may trade with whom: self-trade prevention, account groups, deny lists. Implemented by a struct. A pair that may not trade is
/// passed over in silence; neither side learns of it.
/// </summary>
public interface ICounterpartyFilter
{
    /// <summary>Whether orders of these two owners may trade with each other; the same whichever is named first.</summary>
    bool MayTrade(uint owner, uint other);
}

/// <summary>Everybody trades with everybody, their own orders included.</summary>
public readonly struct AnyCounterparty : ICounterpartyFilter
{
    /// <inheritdoc/>
    public bool MayTrade(uint owner, uint other) => true;
}
