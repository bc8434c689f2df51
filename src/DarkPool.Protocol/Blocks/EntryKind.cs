namespace DarkPool.Protocol.Blocks;

/// <summary>What an entry of a block is. Append-only.</summary>
public enum EntryKind : byte
{
    /// <summary>No kind: never valid on the wire.</summary>
    None = 0,

    /// <summary>An envelope, authenticated by its seal.</summary>
    Envelope = 1,

    /// <summary>A deposit certificate, authenticated by the enclave.</summary>
    Deposit = 2,

    /// <summary>A signed price, authenticated by its source.</summary>
    Price = 3,

    /// <summary>A governance command, authenticated by a threshold of governance keys.</summary>
    Governance = 4,
}
