namespace DarkPool.Enclave.Opening;

/// <summary>What opening found about an entry, before anything is applied.</summary>
internal enum EntryState : byte
{
    /// <summary>Not an envelope: judged when it is applied.</summary>
    Public = 0,

    /// <summary>No session of that number was known; one may have been opened by the block before.</summary>
    UnknownSession,

    /// <summary>Not an envelope by its header, or not as long as its header says.</summary>
    NotAnEnvelope,

    /// <summary>A command whose key epoch is not its session's.</summary>
    UnknownKeyEpoch,

    /// <summary>A command that does not open.</summary>
    BadSeal,

    /// <summary>A command that opened to something without the form of a command.</summary>
    Malformed,

    /// <summary>A command, open: its plaintext lies where its ciphertext was.</summary>
    Command,

    /// <summary>A hello, open.</summary>
    Hello,

    /// <summary>A hello that does not open, or of a key epoch that is not held.</summary>
    BadHello,
}
