using DarkPool.Protocol.Envelopes;
using DarkPool.Protocol.Hpke;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Reports;
using NSec.Cryptography;

namespace DarkPool.Protocol.Sessions;

/// <summary>The layout of a hello and what its account signs (docs/PROTOCOL.md section 3.2).</summary>
internal static class Hello
{
    public const int PlaintextSize = EnvelopeLimits.SmallSize - EnvelopeHeader.Size - HpkeSender.EncapsulationSize - EnvelopeLimits.TagSize;
    public const int InfoSize = 19 + Bytes32.Size;

    private const byte Version = 1;
    private const int AccountAt = 4;
    private const int SignatureAt = 36;
    private const int PaddingAt = SignatureAt + Ed25519Signature.Size;
    private const int SignedSize = 17 + Bytes32.Size + Bytes32.Size + EnvelopeHeader.Size + HpkeSender.EncapsulationSize + 1;

    /// <summary><c>"darkpool/v1/session" ‖ venue id</c>.</summary>
    public static void WriteInfo(Span<byte> info, in Bytes32 venueId)
    {
        "darkpool/v1/session"u8.CopyTo(info);
        venueId.CopyTo(info[19..]);
    }

    public static void WritePlaintext(
        Span<byte> plaintext, Key account, RateClass rateClass, in Bytes32 venueId, in Bytes32 encryptionKey, ReadOnlySpan<byte> clear)
    {
        plaintext.Clear();
        plaintext[0] = Version;
        plaintext[1] = (byte)rateClass;
        Ed25519Signature.PublicKeyOf(account).CopyTo(plaintext[AccountAt..]);
        Span<byte> signed = stackalloc byte[SignedSize];
        WriteSigned(signed, venueId, encryptionKey, clear, rateClass);
        Ed25519Signature.Sign(account, signed, plaintext.Slice(SignatureAt, Ed25519Signature.Size));
    }

    /// <summary>Checks form and signature of an opened hello.</summary>
    public static bool TryReadPlaintext(
        ReadOnlySpan<byte> plaintext,
        in Bytes32 venueId,
        in Bytes32 encryptionKey,
        ReadOnlySpan<byte> clear,
        out AccountKey account,
        out RateClass rateClass)
    {
        account = default;
        rateClass = (RateClass)plaintext[1];
        if (plaintext[0] != Version || plaintext[2] != 0 || plaintext[3] != 0 || !rateClass.IsKnown()) return false;
        if (plaintext[PaddingAt..].ContainsAnyExcept((byte)0)) return false;

        var key = new Bytes32(plaintext.Slice(AccountAt, Bytes32.Size));
        Span<byte> signed = stackalloc byte[SignedSize];
        WriteSigned(signed, venueId, encryptionKey, clear, rateClass);
        if (!Ed25519Signature.Verify(key, signed, plaintext.Slice(SignatureAt, Ed25519Signature.Size))) return false;
        account = new AccountKey(key);
        return true;
    }

    /// <param name="signed">Written.</param>
    /// <param name="venueId">The venue.</param>
    /// <param name="encryptionKey">The enclave's key: a hello passed on to another enclave does not verify there.</param>
    /// <param name="clear">Header and encapsulated key.</param>
    /// <param name="rateClass">The rate class asked for.</param>
    private static void WriteSigned(
        Span<byte> signed, in Bytes32 venueId, in Bytes32 encryptionKey, ReadOnlySpan<byte> clear, RateClass rateClass)
    {
        "darkpool/v1/hello"u8.CopyTo(signed);
        venueId.CopyTo(signed[17..]);
        encryptionKey.CopyTo(signed[49..]);
        clear.CopyTo(signed[81..]);
        signed[^1] = (byte)rateClass;
    }
}
