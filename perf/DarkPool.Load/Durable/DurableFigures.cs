namespace DarkPool.Load.Durable;

/// <summary>What <c>durable</c> prints.</summary>
internal sealed record DurableFigures
{
    public required string Server { get; init; }

    /// <summary>One for each size of block.</summary>
    public required IReadOnlyList<BlockSizeFigures> Sizes { get; init; }

    public required double LeastRatio { get; init; }
}

/// <summary>The figures for one size of block.</summary>
internal sealed record BlockSizeFigures
{
    public required int EnvelopesPerBlock { get; init; }

    public required int BlockBytes { get; init; }

    public required int Blocks { get; init; }

    /// <summary>Through the shard log: the fence, the links checked, and with each block the result of the one before.</summary>
    public required AppendFigures Log { get; init; }

    /// <summary>The limit: the same bytes, one prepared insert into a bytea column with storage EXTERNAL.</summary>
    public required AppendFigures Raw { get; init; }

    /// <summary>The log's rate over the raw one.</summary>
    public required double Ratio { get; init; }

    /// <summary>Read back in order with links and Merkle roots checked.</summary>
    public required double ReadEnvelopesPerSecond { get; init; }
}

/// <summary>One way of appending.</summary>
internal sealed record AppendFigures
{
    public required double BlocksPerSecond { get; init; }

    public required double EnvelopesPerSecond { get; init; }

    public required double P50Ms { get; init; }

    public required double P99Ms { get; init; }
}
