namespace DarkPool.Protocol.Envelopes;

/// <summary>What an envelope holds. Append-only.</summary>
public enum EnvelopeKind : byte
{
    /// <summary>No kind: never valid on the wire.</summary>
    None = 0,

    /// <summary>A command of a session, of any type: they look alike.</summary>
    Command = 1,

    /// <summary>A hello, which opens a session.</summary>
    Hello = 2,
}

/// <summary>How long an envelope is. Append-only.</summary>
public enum SizeClass : byte
{
    /// <summary>No class: never valid on the wire.</summary>
    None = 0,

    /// <summary>256 bytes: every trading and lending command.</summary>
    Small = 1,

    /// <summary>4,096 bytes: credentials.</summary>
    Large = 2,
}
