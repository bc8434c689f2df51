using DarkPool.Protocol.Link;

namespace DarkPool.Host.Sequencing;

/// <summary>Consecutive entries of one submission in one block.</summary>
/// <param name="Block">Number of the block.</param>
/// <param name="First">Index of the first entry.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Execution">What the enclave made of the block.</param>
internal readonly record struct SubmissionRun(ulong Block, int First, int Count, BlockExecution Execution);

/// <summary>Where the entries of a submission stand in the log, and the receipts that prove it.</summary>
internal sealed class SubmissionResult
{
    private readonly List<SubmissionRun> _runs = new(1);
    private byte[] _receipts = [];

    /// <summary>The runs, in order; normally one.</summary>
    internal IReadOnlyList<SubmissionRun> Runs => _runs;

    /// <summary>Their receipts one after another, as the answer carries them.</summary>
    internal ReadOnlyMemory<byte> Receipts => _receipts;

    internal void Add(in SubmissionRun run, ReadOnlySpan<byte> receipt)
    {
        _runs.Add(run);
        _receipts = _receipts.Length == 0 ? receipt.ToArray() : [.. _receipts, .. receipt];
    }
}
