namespace DarkPool.Load.Soak;

/// <summary>What a soak came to. Bytes before are those after the warm-up.</summary>
internal sealed record SoakFigures
{
    /// <summary>Orders placed, without the warm-up.</summary>
    public required ulong Orders { get; init; }

    /// <summary>Commands: orders placed and replaced, cancels.</summary>
    public required ulong Operations { get; init; }

    public required ulong TradedLots { get; init; }

    public required long PeakResting { get; init; }

    public required double Seconds { get; init; }

    public double OperationsPerSecond => Operations / Seconds;

    /// <summary>Memory of the book's own.</summary>
    public required Change BookBytes { get; init; }

    /// <summary>Of the process as the system counts it.</summary>
    public required Change WorkingSetBytes { get; init; }

    /// <summary>Allocated by the run, in all.</summary>
    public required long AllocatedBytes { get; init; }

    /// <summary>
    /// Whether the book holds what it held before, within a twentieth: the index of ids takes a step more when more ids collide by chance
    /// than ever before, which is rarer from step to step.
    /// </summary>
    public bool IsFlat => BookBytes.After <= BookBytes.Before + (BookBytes.Before / 20);

    /// <summary>A figure before the run and after it.</summary>
    internal sealed record Change(long Before, long After);
}
