namespace DarkPool.Enclave.Peers;

/// <summary>What a frame between two enclaves holds. Append-only; docs/PROTOCOL.md section 2.1.</summary>
internal enum PeerMessageType : byte
{
    /// <summary>The joining enclave's first handshake message.</summary>
    Hello = 1,

    /// <summary>The giving enclave's handshake message, with its evidence.</summary>
    Answer = 2,

    /// <summary>The joining enclave's evidence.</summary>
    Proof = 3,

    /// <summary>The venue's keys, sealed for the channel.</summary>
    VenueKeys = 4,

    /// <summary>The secret of one key epoch, sealed for the channel.</summary>
    KeyEpoch = 5,

    /// <summary>Why the sender ends the exchange, in words.</summary>
    Refused = 255,
}
