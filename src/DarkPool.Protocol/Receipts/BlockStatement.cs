using System.Buffers.Binary;
using DarkPool.Protocol.Identity;
using NSec.Cryptography;

namespace DarkPool.Protocol.Receipts;

/// <summary>What the enclave signs once per block: <c>"darkpool/v1/block" ‖ venue id ‖ u64 number ‖ head ‖ state root</c>.</summary>
/// <param name="VenueId">The venue.</param>
/// <param name="Number">Number of the block.</param>
/// <param name="Head">Head of the log after it.</param>
/// <param name="StateRoot">State root after it.</param>
public readonly record struct BlockStatement(Bytes32 VenueId, ulong Number, Bytes32 Head, Bytes32 StateRoot)
{
    /// <summary>The size of what is signed, in bytes.</summary>
    public const int Size = 17 + Bytes32.Size + 8 + Bytes32.Size + Bytes32.Size;

    /// <summary>The size of a signature, in bytes.</summary>
    public const int SignatureSize = Ed25519Signature.Size;

    private static ReadOnlySpan<byte> Tag => "darkpool/v1/block"u8;

    /// <summary>Writes what is signed.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        Tag.CopyTo(destination);
        VenueId.CopyTo(destination[17..]);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[49..], Number);
        Head.CopyTo(destination[57..]);
        StateRoot.CopyTo(destination[89..]);
    }

    /// <summary>Signs the statement.</summary>
    /// <param name="signingKey">The enclave's Ed25519 key.</param>
    /// <param name="signature">Exactly 64 bytes, written.</param>
    public void Sign(Key signingKey, Span<byte> signature)
    {
        Span<byte> message = stackalloc byte[Size];
        Write(message);
        Ed25519Signature.Sign(signingKey, message, signature);
    }

    /// <summary>Checks a signature.</summary>
    /// <param name="signingKey">The enclave's Ed25519 public key.</param>
    /// <param name="signature">The signature; another length than 64 is refused.</param>
    /// <returns>Whether the key signed exactly this statement.</returns>
    public bool Verify(in Bytes32 signingKey, ReadOnlySpan<byte> signature)
    {
        Span<byte> message = stackalloc byte[Size];
        Write(message);
        return Ed25519Signature.Verify(signingKey, message, signature);
    }
}
