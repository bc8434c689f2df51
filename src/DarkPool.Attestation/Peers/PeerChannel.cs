namespace DarkPool.Attestation.Peers;

/// <summary>A channel between two enclaves that have attested each other. Messages arrive once and in order, or not at all.</summary>
public sealed class PeerChannel : IDisposable
{
    private readonly NoiseCipher _sending;
    private readonly NoiseCipher _receiving;

    internal PeerChannel(NoiseCipher sending, NoiseCipher receiving)
    {
        _sending = sending;
        _receiving = receiving;
    }

    /// <summary>Seals the next message: 16 bytes longer than the plaintext.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plaintext) => _sending.Seal([], plaintext);

    /// <summary>Opens the next message; null if it is altered, repeated, out of order, or not of this channel.</summary>
    public byte[]? TryOpen(ReadOnlySpan<byte> message) => _receiving.TryOpen([], message);

    /// <summary>Wipes the keys.</summary>
    public void Dispose()
    {
        _sending.Dispose();
        _receiving.Dispose();
    }
}
