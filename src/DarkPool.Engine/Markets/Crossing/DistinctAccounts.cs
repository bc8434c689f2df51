using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Markets.Crossing;

/// <summary>Who may trade with whom where many orders meet at one price: nobody with itself.</summary>
internal readonly struct DistinctAccounts : ICounterpartyFilter
{
    public bool MayTrade(uint owner, uint other) => owner != other;
}
