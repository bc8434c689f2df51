namespace DarkPool.Engine.Trading;

/// <summary>
/// A price in ticks of its market. The whole range of <see cref="long"/> is valid in a book; a venue takes positive ones only.
/// </summary>
/// <param name="Ticks">Whole ticks.</param>
public readonly record struct Price(long Ticks) : IComparable<Price>
{
    /// <inheritdoc/>
    public int CompareTo(Price other) => Ticks.CompareTo(other.Ticks);

    /// <summary>Whether the left price is lower.</summary>
    public static bool operator <(Price left, Price right) => left.Ticks < right.Ticks;

    /// <summary>Whether the left price is higher.</summary>
    public static bool operator >(Price left, Price right) => left.Ticks > right.Ticks;

    /// <summary>Whether the left price is not higher.</summary>
    public static bool operator <=(Price left, Price right) => left.Ticks <= right.Ticks;

    /// <summary>Whether the left price is not lower.</summary>
    public static bool operator >=(Price left, Price right) => left.Ticks >= right.Ticks;
}
