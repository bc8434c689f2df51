namespace DarkPool.Engine.Trading;

/// <summary>A quantity in lots of its market. An order has at least one lot.</summary>
/// <param name="Lots">Whole lots.</param>
public readonly record struct Quantity(ulong Lots) : IComparable<Quantity>
{
    /// <inheritdoc/>
    public int CompareTo(Quantity other) => Lots.CompareTo(other.Lots);

    /// <summary>Whether the left quantity is smaller.</summary>
    public static bool operator <(Quantity left, Quantity right) => left.Lots < right.Lots;

    /// <summary>Whether the left quantity is larger.</summary>
    public static bool operator >(Quantity left, Quantity right) => left.Lots > right.Lots;

    /// <summary>Whether the left quantity is not larger.</summary>
    public static bool operator <=(Quantity left, Quantity right) => left.Lots <= right.Lots;

    /// <summary>Whether the left quantity is not smaller.</summary>
    public static bool operator >=(Quantity left, Quantity right) => left.Lots >= right.Lots;
}
