namespace DarkPool.Protocol.Reports;

/// <summary>How fast and how large the frames of a report stream are (docs/PROTOCOL.md section 6). Append-only.</summary>
public enum RateClass : byte
{
    /// <summary>No class: never valid on the wire.</summary>
    None = 0,

    /// <summary>1 frame of 1,024 bytes a second: for who watches.</summary>
    Slow = 1,

    /// <summary>10 frames of 2,048 bytes a second: for who trades by hand.</summary>
    Medium = 2,

    /// <summary>100 frames of 4,096 bytes a second: for programs.</summary>
    Fast = 3,
}

/// <summary>The figures of the rate classes.</summary>
public static class RateClassFigures
{
    /// <summary>The largest frame of any class, in bytes.</summary>
    public const int MaxFrameBytes = 4096;

    /// <summary>Whether a class is one that this version knows.</summary>
    /// <param name="rateClass">A class.</param>
    /// <returns>True if it is known.</returns>
    public static bool IsKnown(this RateClass rateClass) => rateClass is >= RateClass.Slow and <= RateClass.Fast;

    /// <summary>Frames per second.</summary>
    /// <param name="rateClass">A known class.</param>
    /// <returns>The rate.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The class is not known.</exception>
    public static int FramesPerSecond(this RateClass rateClass) => rateClass switch
    {
        RateClass.Slow => 1,
        RateClass.Medium => 10,
        RateClass.Fast => 100,
        _ => throw new ArgumentOutOfRangeException(nameof(rateClass)),
    };

    /// <summary>Size of a frame in bytes, header and tag included.</summary>
    /// <param name="rateClass">A known class.</param>
    /// <returns>The size.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The class is not known.</exception>
    public static int FrameBytes(this RateClass rateClass) => rateClass switch
    {
        RateClass.Slow => 1024,
        RateClass.Medium => 2048,
        RateClass.Fast => MaxFrameBytes,
        _ => throw new ArgumentOutOfRangeException(nameof(rateClass)),
    };
}
