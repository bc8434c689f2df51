namespace DarkPool.Protocol.Link;

/// <summary>Why an enclave ended its connection. Append-only.</summary>
public enum LinkErrorCode : ushort
{
    /// <summary>The socket closed without a word: the process was killed or the machine is gone.</summary>
    Disconnected = 1,

    /// <summary>A frame or payload that does not decode.</summary>
    MalformedMessage = 2,

    /// <summary>A message that this state does not allow, such as a block before Restore.</summary>
    UnexpectedMessage = 3,

    /// <summary>The enclave serves another connection.</summary>
    AlreadyConnected = 4,

    /// <summary>A block that does not decode or whose entries do not have the root of its header.</summary>
    InvalidBlock = 5,

    /// <summary>A block that does not follow its predecessor (number, hash, time, shard).</summary>
    BrokenLink = 6,

    /// <summary>A live block whose time is too far from the enclave's clock.</summary>
    TimeOutOfBounds = 7,

    /// <summary>A snapshot that is not ours, altered, or of another venue.</summary>
    SnapshotRefused = 8,

    /// <summary>Sealed key epochs that are not ours or altered.</summary>
    KeysRefused = 9,

    /// <summary>The chain is not the one of the genesis.</summary>
    WrongChain = 10,

    /// <summary>The log does not contain the head that is anchored on chain: a fork, or a truncated log.</summary>
    ForkOrTruncated = 11,

    /// <summary>A defect of the enclave; its log has the details.</summary>
    Internal = 12,
}

/// <summary>The enclave is gone or refused: the connection is over. State comes back from snapshot and log.</summary>
public sealed class LinkException : IOException
{
    /// <summary>Creates an exception without a message of its own.</summary>
    public LinkException() : this(LinkErrorCode.Internal, "The enclave link failed.")
    {
    }

    /// <summary>Creates an exception for an internal failure.</summary>
    public LinkException(string message) : this(LinkErrorCode.Internal, message)
    {
    }

    /// <summary>Creates an exception for an internal failure.</summary>
    public LinkException(string message, Exception innerException) : this(LinkErrorCode.Internal, message, innerException)
    {
    }

    /// <summary>Creates an exception with the code that names the reason.</summary>
    public LinkException(LinkErrorCode code, string message, Exception? innerException = null) : base(message, innerException) =>
        Code = code;

    /// <summary>The reason.</summary>
    public LinkErrorCode Code { get; }
}
