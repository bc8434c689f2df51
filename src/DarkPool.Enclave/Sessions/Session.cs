using DarkPool.Enclave.Outboxes;
using DarkPool.Enclave.Streams;
using DarkPool.Protocol.Reports;
using DarkPool.Protocol.Sessions;

namespace DarkPool.Enclave.Sessions;

/// <summary>One session as the enclave keeps it. Only the executor's thread changes it; crew threads read number, epoch and keys.</summary>
internal sealed class Session
{
    public required ulong Number { get; init; }

    /// <summary>The account, by the engine's index.</summary>
    public required uint Account { get; init; }

    public required uint KeyEpoch { get; init; }

    public required RateClass RateClass { get; init; }

    public required SessionKeys Keys { get; init; }

    public required Outbox Outbox { get; init; }

    /// <summary>Sequence of the last accepted command.</summary>
    public ulong LastSequence { get; set; }

    /// <summary>The last block with an envelope that named this session, good or bad.</summary>
    public ulong LastHeardBlock { get; set; }

    /// <summary>
    /// The last block in which an unauthentic or repeated envelope of this session was answered: one answer a block is enough.
    /// </summary>
    public ulong LastWarnedBlock { get; set; }

    /// <summary>It takes no more commands; its reports can still be read until it is evicted.</summary>
    public bool IsClosed { get; set; }

    /// <summary>It has left the table.</summary>
    public bool IsEvicted { get; set; }

    /// <summary>Its report stream; no part of the state.</summary>
    public ReportStream? Stream { get; set; }

    /// <summary>A constant: who a session belongs to must not enter logs by accident.</summary>
    public override string ToString() => nameof(Session);
}
