namespace DarkPool.Cli.Verification;

/// <summary>What `verify` prints. The names are an interface: they do not change.</summary>
internal sealed record VerifyResult
{
    /// <summary>Blocks checked, up to the first mismatch.</summary>
    public required ulong Blocks { get; init; }

    /// <summary>Sealed envelopes in them.</summary>
    public required ulong Envelopes { get; init; }

    /// <summary>Settlement batches that the replay closed.</summary>
    public required int Batches { get; init; }

    /// <summary>Batches that the registry on chain has recorded.</summary>
    public required int BatchesOnChain { get; init; }

    /// <summary>Whether every link, root and signature holds and the replay gives what is recorded.</summary>
    public required bool RootsMatch { get; init; }

    /// <summary>Whether the registry has recorded what the replay gives, and nothing else.</summary>
    public required bool ChainMatches { get; init; }

    /// <summary>Time of reading, checking and replaying the log.</summary>
    public required double Seconds { get; init; }

    /// <summary>Envelopes in a second of it.</summary>
    public required double EnvelopesPerSecond { get; init; }

    /// <summary>The first thing that does not match; null if everything does.</summary>
    public required string? FirstMismatch { get; init; }
}
