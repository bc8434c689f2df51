using System.Buffers.Binary;
using System.Security.Cryptography;
using NSec.Cryptography;

namespace DarkPool.Protocol.Hpke;

/// <summary>LabeledExtract and LabeledExpand of RFC 9180 section 4 on HKDF-SHA256 (RFC 5869).</summary>
internal static class LabeledHkdf
{
    /// <summary>Nh: the size of a pseudorandom key.</summary>
    public const int HashSize = 32;

    // Longer inputs (a caller's long info or exporter context) go to the heap.
    private const int StackSize = 256;

    private static ReadOnlySpan<byte> Version => "HPKE-v1"u8;

    public static void Extract(
        ReadOnlySpan<byte> suiteId, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> label, ReadOnlySpan<byte> ikm, Span<byte> prk)
    {
        var length = Version.Length + suiteId.Length + label.Length + ikm.Length;
        var labeled = length <= StackSize ? stackalloc byte[length] : new byte[length];
        var rest = Append(labeled, Version);
        rest = Append(rest, suiteId);
        rest = Append(rest, label);
        Append(rest, ikm);
        KeyDerivationAlgorithm.HkdfSha256.Extract(labeled, salt, prk);
        CryptographicOperations.ZeroMemory(labeled);
    }

    public static void Expand(
        ReadOnlySpan<byte> suiteId, ReadOnlySpan<byte> prk, ReadOnlySpan<byte> label, ReadOnlySpan<byte> info, Span<byte> okm)
    {
        var length = 2 + Version.Length + suiteId.Length + label.Length + info.Length;
        var labeled = length <= StackSize ? stackalloc byte[length] : new byte[length];
        BinaryPrimitives.WriteUInt16BigEndian(labeled, checked((ushort)okm.Length));
        var rest = Append(labeled[2..], Version);
        rest = Append(rest, suiteId);
        rest = Append(rest, label);
        Append(rest, info);
        KeyDerivationAlgorithm.HkdfSha256.Expand(prk, labeled, okm);
    }

    private static Span<byte> Append(Span<byte> destination, ReadOnlySpan<byte> part)
    {
        part.CopyTo(destination);
        return destination[part.Length..];
    }
}
