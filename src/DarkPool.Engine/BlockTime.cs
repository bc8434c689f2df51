namespace DarkPool.Engine;

/// <summary>A block's time: microseconds since 1970-01-01T00:00:00Z. The only time the engine knows; it comes with the block.</summary>
/// <param name="Microseconds">Microseconds since the epoch; negative before it.</param>
public readonly record struct BlockTime(long Microseconds) : IComparable<BlockTime>
{
    /// <summary>The epoch. As an order's expiry it means that the order has none.</summary>
    public static BlockTime None => default;

    /// <inheritdoc/>
    public int CompareTo(BlockTime other) => Microseconds.CompareTo(other.Microseconds);

    /// <summary>Whether the left time is earlier.</summary>
    public static bool operator <(BlockTime left, BlockTime right) => left.Microseconds < right.Microseconds;

    /// <summary>Whether the left time is later.</summary>
    public static bool operator >(BlockTime left, BlockTime right) => left.Microseconds > right.Microseconds;

    /// <summary>Whether the left time is not later.</summary>
    public static bool operator <=(BlockTime left, BlockTime right) => left.Microseconds <= right.Microseconds;

    /// <summary>Whether the left time is not earlier.</summary>
    public static bool operator >=(BlockTime left, BlockTime right) => left.Microseconds >= right.Microseconds;
}
