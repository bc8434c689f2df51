namespace DarkPool.Load.Match;

/// <summary>What was measured of one flow.</summary>
internal sealed record FlowFigures
{
    public required string Flow { get; init; }

    public required long Operations { get; init; }

    public required int PeakResting { get; init; }

    public required ulong TradedLotsPerRound { get; init; }

    public required double OperationsPerSecond { get; init; }

    /// <summary>What the book tells of an operation: accepted, each trade, cancelled, rejected.</summary>
    public required double EventsPerOperation { get; init; }

    /// <summary>The limit: the plain book's rate in the same run.</summary>
    public required double BaselineOperationsPerSecond { get; init; }

    public required double Ratio { get; init; }

    public required long P50Ns { get; init; }

    public required long P99Ns { get; init; }

    public required long P999Ns { get; init; }

    public required long MaxNs { get; init; }

    public required double BytesPerOperation { get; init; }
}

/// <summary>The figures of all flows.</summary>
internal sealed record MatchFigures
{
    public required IReadOnlyList<FlowFigures> Flows { get; init; }

    /// <summary>The least ratio to the plain book over the file days, and over the synthetic flows; 0 if there were none.</summary>
    public required double LeastRatioOfFileDays { get; init; }

    /// <summary>The plain book's time over the book's, all file days taken together; 0 if there were none.</summary>
    public required double RatioOfAllFileDays { get; init; }

    public required double LeastRatioOfSyntheticFlows { get; init; }

    /// <summary>The fastest session's rate over the slowest one's, played in turns.</summary>
    public required double SpreadOfSessions { get; init; }

    /// <summary>What reading the clock once costs: contained in every latency.</summary>
    public required long ClockNs { get; init; }
}
