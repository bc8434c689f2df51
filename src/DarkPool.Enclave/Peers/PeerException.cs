namespace DarkPool.Enclave.Peers;

/// <summary>Two enclaves did not come to an end with each other. The message says why and holds no secret.</summary>
internal sealed class PeerException : Exception
{
    private PeerException(string message, bool refused, Exception? inner)
        : base(message, inner) => Refused = refused;

    /// <summary>Whether one of them refused the other, rather than the connection failed.</summary>
    public bool Refused { get; }

    public static PeerException Refusal(string reason) => new(reason, true, null);

    public static PeerException Failure(string reason, Exception? inner = null) => new(reason, false, inner);
}
