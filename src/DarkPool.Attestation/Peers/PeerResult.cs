namespace DarkPool.Attestation.Peers;

/// <summary>The outcome of a step of a handshake: what to send and the channel once it stands, or why the other side was refused.</summary>
public sealed class PeerResult
{
    private PeerResult()
    {
    }

    /// <summary>The message for the other side; empty if there is none.</summary>
    public byte[] Message { get; private init; } = [];

    /// <summary>The channel; null as long as the handshake goes on, or if it failed.</summary>
    public PeerChannel? Channel { get; private init; }

    /// <summary>Why the other side was refused, in words; null if it was not.</summary>
    public string? Refused { get; private init; }

    /// <summary>How the other side's evidence was judged; null if it was not looked at in this step.</summary>
    public Verdict? Verdict { get; private init; }

    internal static PeerResult Send(byte[] message) => new() { Message = message };

    internal static PeerResult Done(byte[] message, PeerChannel channel, Verdict verdict) =>
        new() { Message = message, Channel = channel, Verdict = verdict };

    internal static PeerResult Refuse(string reason, Verdict? verdict = null) => new() { Refused = reason, Verdict = verdict };
}
