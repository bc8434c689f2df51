namespace DarkPool.Load.Seal;

/// <summary>What <c>seal</c> prints.</summary>
internal sealed record SealFigures
{
    public required IReadOnlyList<string> Flows { get; init; }

    public required int Envelopes { get; init; }

    public required int Blocks { get; init; }

    public required int Sessions { get; init; }

    public required ulong Trades { get; init; }

    public required ulong Reports { get; init; }

    /// <summary>Frames sealed in a round, of 4,096 bytes each.</summary>
    public required long Frames { get; init; }

    public required int Rounds { get; init; }

    /// <summary>Threads of the sealed path: the executor and its crew.</summary>
    public required int Cores { get; init; }

    /// <summary>Opened, checked, applied, reports sealed: median of the rounds.</summary>
    public required double EnvelopesPerSecond { get; init; }

    /// <summary>The limit: NSec's AES-256-GCM on the same envelopes, on one core; median of the rounds.</summary>
    public required double BareAeadPerSecondOnOneCore { get; init; }

    /// <summary>Median of the rounds' ratios.</summary>
    public required double Ratio { get; init; }

    /// <summary>The same path on the executor's thread alone, and its ratio.</summary>
    public required double EnvelopesPerSecondOnOneCore { get; init; }

    public required double RatioOnOneCore { get; init; }

    /// <summary>
    /// Where the executor's thread is in the parallel run, nanoseconds an envelope, medians: helping to open or waiting for it, applying,
    /// committing, drawing.
    /// </summary>
    public required double[] ExecutorNs { get; init; }

    /// <summary>Nanoseconds an envelope in each stage, on one core.</summary>
    public required SealStages StagesNs { get; init; }

    /// <summary>Managed bytes allocated per envelope of a whole run: the growth of tables and pages, and results of blocks.</summary>
    public required double BytesAllocatedPerEnvelope { get; init; }

    /// <summary>Managed bytes allocated per block in the second half of a run: what is left when nothing grows any more.</summary>
    public required double BytesAllocatedPerBlockGrown { get; init; }
}

/// <summary>
/// Where the time of one core goes, in nanoseconds an envelope. Of each block the fastest round counts, so that what else the machine does
/// shows little.
/// </summary>
internal sealed record SealStages
{
    internal const int OpenStage = 0;
    internal const int ApplyStage = 1;
    internal const int CommitStage = 2;
    internal const int DrawStage = 3;
    internal const int Count = 4;

    /// <summary>The bare AEAD, measured the same way.</summary>
    public required double BareAead { get; init; }

    /// <summary>Entry hashes, Merkle tree, header link, opening.</summary>
    public required double CheckAndOpen { get; init; }

    /// <summary>The Merkle tree of the entries alone, measured beside.</summary>
    public required double OfWhichHash { get; init; }

    /// <summary>Sessions, commands, matching, ledger, reports into outboxes, state root.</summary>
    public required double Apply { get; init; }

    /// <summary>Signature of the block statement, settlement signature.</summary>
    public required double Commit { get; init; }

    /// <summary>Reports packed and sealed into frames.</summary>
    public required double Frames { get; init; }
}
