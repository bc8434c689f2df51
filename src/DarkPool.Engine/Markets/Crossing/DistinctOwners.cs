using DarkPool.Engine.Counterparties;
using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Markets.Crossing;

/// <summary>
/// Who may trade with whom where many orders meet at one price: nobody with itself or its own group, and no pair of which either refuses
/// the other.
/// </summary>
internal readonly struct DistinctOwners(CounterpartyRules rules) : ICounterpartyFilter
{
    public bool MayTrade(uint owner, uint other) => !rules.AreOne(owner, other) && rules.MayTrade(owner, other);
}
