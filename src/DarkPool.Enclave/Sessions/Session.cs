using DarkPool.Enclave.Outboxes;
using DarkPool.Enclave.Streams;
using DarkPool.Protocol.Reports;
using DarkPool.Protocol.Sessions;

namespace DarkPool.Enclave.Sessions;

/// <summary>
/// One session as the enclave keeps it. What stands here never changes, for crew threads read number, epoch and keys with every envelope;
/// what the executor's thread changes with every envelope lies on other cache lines.
/// </summary>
internal sealed class Session
{
    private readonly SessionProgress _progress = new();
#pragma warning disable CS0169, IDE0051 // It keeps its place in memory and is never read.
    private readonly CacheLinePadding _padding;
#pragma warning restore CS0169, IDE0051

    public required ulong Number { get; init; }

    /// <summary>The account, by the engine's index.</summary>
    public required uint Account { get; init; }

    public required uint KeyEpoch { get; init; }

    public required RateClass RateClass { get; init; }

    public required SessionKeys Keys { get; init; }

    public required Outbox Outbox { get; init; }

    /// <inheritdoc cref="SessionProgress.LastSequence"/>
    public ulong LastSequence { get => _progress.LastSequence; set => _progress.LastSequence = value; }

    /// <inheritdoc cref="SessionProgress.LastHeardBlock"/>
    public ulong LastHeardBlock { get => _progress.LastHeardBlock; set => _progress.LastHeardBlock = value; }

    /// <inheritdoc cref="SessionProgress.LastWarnedBlock"/>
    public ulong LastWarnedBlock { get => _progress.LastWarnedBlock; set => _progress.LastWarnedBlock = value; }

    /// <inheritdoc cref="SessionProgress.IsClosed"/>
    public bool IsClosed { get => _progress.IsClosed; set => _progress.IsClosed = value; }

    /// <inheritdoc cref="SessionProgress.IsEvicted"/>
    public bool IsEvicted { get => _progress.IsEvicted; set => _progress.IsEvicted = value; }

    /// <inheritdoc cref="SessionProgress.Stream"/>
    public ReportStream? Stream { get => _progress.Stream; set => _progress.Stream = value; }

    /// <summary>A constant: who a session belongs to must not enter logs by accident.</summary>
    public override string ToString() => nameof(Session);
}
