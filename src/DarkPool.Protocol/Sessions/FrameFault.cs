namespace DarkPool.Protocol.Sessions;

/// <summary>Why a frame of a report stream is refused. After any of these the client attaches again.</summary>
public enum FrameFault
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>Not a frame of this version, or its reports do not have their form.</summary>
    Malformed = 1,

    /// <summary>A frame of another stream, session or rate class.</summary>
    WrongStream = 2,

    /// <summary>Not the next frame: one was lost, repeated or moved.</summary>
    OutOfOrder = 3,

    /// <summary>It does not open.</summary>
    BadSeal = 4,
}
