using System.Buffers.Binary;

namespace DarkPool.Protocol.Hpke;

/// <summary>ComputeNonce of RFC 9180 section 5.2: the base nonce XOR the sequence as a 96-bit big-endian number.</summary>
internal readonly struct NonceSequence
{
    private readonly uint _high;
    private readonly ulong _low;

    public NonceSequence(ReadOnlySpan<byte> baseNonce)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(baseNonce.Length, HpkeAead.NonceSize);
        _high = BinaryPrimitives.ReadUInt32BigEndian(baseNonce);
        _low = BinaryPrimitives.ReadUInt64BigEndian(baseNonce[4..]);
    }

    /// <summary>Writes the nonce of a sequence; the base nonce itself is that of 0.</summary>
    public void Write(Span<byte> nonce, ulong sequence)
    {
        BinaryPrimitives.WriteUInt32BigEndian(nonce, _high);
        BinaryPrimitives.WriteUInt64BigEndian(nonce[4..], _low ^ sequence);
    }
}
