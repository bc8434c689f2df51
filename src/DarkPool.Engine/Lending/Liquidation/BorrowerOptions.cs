namespace DarkPool.Engine.Lending.Liquidation;

/// <summary>A borrower's wish to be relieved before the health factor reaches 1. Basis points.</summary>
/// <param name="Health">Health below which collateral is offered: above 10,000.</param>
/// <param name="MaxBonus">Most that buyers are offered above the oracle's price of the debt repaid, reached at a health of 1.</param>
/// <param name="Target">Health to be restored: not below <paramref name="Health"/>.</param>
public readonly record struct PreLiquidationOption(ushort Health, ushort MaxBonus, ushort Target)
{
    /// <summary>Most bonus that may be offered: 15 %, as Morpho's greatest incentive.</summary>
    public const ushort HighestBonus = 1_500;

    /// <summary>Whether the terms are within their bounds.</summary>
    public bool IsSound =>
        Health > RiskIndex.Liquidatable && Target >= Health && Target <= LiquidationTerms.MaxTargetHealth && MaxBonus <= HighestBonus;
}

/// <summary>A borrower's own stop: "sell this much below that".</summary>
/// <param name="User">Whose.</param>
/// <param name="Price">Price of the collateral at or below which it is offered: base currency (8 decimals) per token.</param>
/// <param name="Lots">How much, in the market's lots.</param>
/// <param name="MaxDiscount">Most that buyers are offered as a bonus, basis points.</param>
public readonly record struct StopOrder(uint User, UInt128 Price, ulong Lots, ushort MaxDiscount);

/// <summary>
/// The stops of one liquidation market, at most one of a user. Those that wait are sorted by price, so that a price finds what it
/// triggers without looking at the rest; what was triggered stays offered until it is sold or withdrawn.
/// </summary>
internal sealed class StopOrders
{
    /// <summary>Most stops of a market.</summary>
    public const int MaxStops = 1 << 16;

    private readonly List<StopOrder> _waiting = [];
    private readonly List<StopOrder> _triggered = [];

    public int Count => _waiting.Count + _triggered.Count;

    public int TriggeredCount => _triggered.Count;

    /// <summary>Stops that wait, lowest price first; of equal ones, the highest user first.</summary>
    public IReadOnlyList<StopOrder> Waiting => _waiting;

    /// <summary>Stops that were triggered and are not sold, in that order.</summary>
    public IReadOnlyList<StopOrder> Triggered => _triggered;

    /// <summary>The stop of a user, if there is one.</summary>
    public bool TryGet(uint user, out StopOrder stop)
    {
        stop = _triggered.Find(one => one.User == user);
        if (stop.Lots == 0) stop = _waiting.Find(one => one.User == user);
        return stop.Lots != 0;
    }

    /// <summary>Adds a stop of a user who has none.</summary>
    public void Add(in StopOrder stop)
    {
        var at = _waiting.BinarySearch(stop, ByPrice.Instance);
        _waiting.Insert(at < 0 ? ~at : at, stop);
    }

    /// <summary>Puts back one that was triggered.</summary>
    public void RestoreTriggered(in StopOrder stop) => _triggered.Add(stop);

    /// <summary>Takes out the stop of a user.</summary>
    public bool Remove(uint user) =>
        _triggered.RemoveAll(stop => stop.User == user) + _waiting.RemoveAll(stop => stop.User == user) != 0;

    /// <summary>Triggers what the price has reached.</summary>
    public void Trigger(UInt128 price)
    {
        while (_waiting.Count != 0 && _waiting[^1].Price >= price)
        {
            _triggered.Add(_waiting[^1]);
            _waiting.RemoveAt(_waiting.Count - 1);
        }
    }

    /// <summary>Notes that lots of a triggered stop were sold.</summary>
    public void Sold(uint user, ulong lots)
    {
        var at = _triggered.FindIndex(stop => stop.User == user);
        if (at < 0) return;
        if (_triggered[at].Lots <= lots) _triggered.RemoveAt(at);
        else _triggered[at] = _triggered[at] with { Lots = _triggered[at].Lots - lots };
    }

    private sealed class ByPrice : IComparer<StopOrder>
    {
        public static ByPrice Instance { get; } = new();

        public int Compare(StopOrder x, StopOrder y)
        {
            var byPrice = x.Price.CompareTo(y.Price);
            return byPrice != 0 ? byPrice : y.User.CompareTo(x.User);
        }
    }
}
