namespace DarkPool.Protocol.Link;

/// <summary>What a frame of the link carries. Below 128: host to enclave; from 128: enclave to host. Append-only.</summary>
public enum LinkMessageType : byte
{
    /// <summary>A part of the sealed snapshot to restore; no answer.</summary>
    RestorePart = 1,

    /// <summary>Restore from the parts sent before (none: from genesis) and the sealed key epochs.</summary>
    Restore = 2,

    /// <summary>Execute a block; with the replay flag it is committed at once.</summary>
    Execute = 3,

    /// <summary>The block is durable: its result and reports may leave.</summary>
    Commit = 4,

    /// <summary>The replay is over: compare with the chain and accept new blocks.</summary>
    GoLive = 5,

    /// <summary>Give claims and evidence over a nonce.</summary>
    Identify = 6,

    /// <summary>Open a report stream.</summary>
    Attach = 7,

    /// <summary>End a report stream.</summary>
    Detach = 8,

    /// <summary>One frame of every stream of a rate class.</summary>
    Draw = 9,

    /// <summary>Seal a snapshot of the state after the last executed block.</summary>
    Snapshot = 10,

    /// <summary>Counters.</summary>
    Status = 11,

    /// <summary>Start a new key epoch.</summary>
    RotateKeys = 12,

    /// <summary>Have the enclave's platform send settlement batches to the registry.</summary>
    Publish = 13,

    /// <summary>Answer to <see cref="Restore"/>.</summary>
    Restored = 128,

    /// <summary>Answer to <see cref="Execute"/> without the replay flag: the block is applied, its result withheld.</summary>
    Executed = 129,

    /// <summary>Answer to <see cref="Commit"/>, and to <see cref="Execute"/> with the replay flag.</summary>
    Committed = 130,

    /// <summary>Answer to <see cref="GoLive"/>.</summary>
    Live = 131,

    /// <summary>Answer to <see cref="Identify"/>.</summary>
    Identity = 132,

    /// <summary>Answer to <see cref="Attach"/>.</summary>
    Attached = 133,

    /// <summary>Answer to <see cref="Detach"/>.</summary>
    Detached = 134,

    /// <summary>Answer to <see cref="Draw"/>.</summary>
    Frames = 135,

    /// <summary>A part of the answer to <see cref="Snapshot"/>.</summary>
    SnapshotPart = 136,

    /// <summary>The end of the answer to <see cref="Snapshot"/>.</summary>
    SnapshotEnd = 137,

    /// <summary>Answer to <see cref="Status"/>.</summary>
    StatusReport = 138,

    /// <summary>Answer to <see cref="RotateKeys"/>.</summary>
    KeyEpochs = 139,

    /// <summary>Unsolicited: a deposit certificate that is not in the log yet.</summary>
    DepositOffered = 140,

    /// <summary>Fatal: the connection ends after it.</summary>
    Error = 141,

    /// <summary>Answer to <see cref="Publish"/>.</summary>
    Published = 142,
}
