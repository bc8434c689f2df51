using DarkPool.Enclave.Streams;

namespace DarkPool.Enclave.Sessions;

/// <summary>What changes of a session; the executor's thread alone reads and writes it.</summary>
internal sealed class SessionProgress
{
#pragma warning disable CS0169, IDE0051 // It keeps its place in memory and is never read.
    private readonly CacheLinePadding _padding;
#pragma warning restore CS0169, IDE0051

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
}
