using DarkPool.Cli.Replay;

namespace DarkPool.Load.Venue;

/// <summary>What <c>venue</c> prints.</summary>
internal sealed record VenueFigures
{
    public required string Flow { get; init; }

    /// <summary>The store that venue and limit share, and whether its commits are on disk when they are acknowledged.</summary>
    public required string Server { get; init; }

    /// <summary>Orders and cancels a second when they are sent as fast as the venue takes them.</summary>
    public required double OrdersPerSecond { get; init; }

    /// <summary>The limit, measured before and after the venue; the mean of both.</summary>
    public required double LimitPerSecond { get; init; }

    /// <summary>The first beside the second.</summary>
    public required double Ratio { get; init; }

    /// <summary>The venue, saturated: its latencies are those of a queue.</summary>
    public required ReplayResult Saturated { get; init; }

    /// <summary>Orders and cancels a second of <see cref="Moderate"/>.</summary>
    public required double ModeratePerSecond { get; init; }

    /// <summary>The venue at a fifth of what it can take, in an open loop: latencies count from when an order was due.</summary>
    public required ReplayResult Moderate { get; init; }

    /// <summary>The bare pipeline in its better run.</summary>
    public required BareFigures Limit { get; init; }
}

/// <summary>The bare pipeline: the same bytes over HTTP into the same PostgreSQL.</summary>
internal sealed record BareFigures
{
    /// <summary>As many as the venue had in a block when it was saturated.</summary>
    public required int EnvelopesPerRequest { get; init; }

    public required double EnvelopesPerSecond { get; init; }

    public required double AnswerP50Ms { get; init; }

    public required double AnswerP99Ms { get; init; }
}
