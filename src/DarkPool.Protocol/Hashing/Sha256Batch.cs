using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace DarkPool.Protocol.Hashing;

/// <summary>
/// SHA-256 (FIPS 180-4) of many short messages at once: sixteen side by side where the processor has AVX-512, eight with AVX2, one after
/// another elsewhere. Allocates nothing.
/// </summary>
public static class Sha256Batch
{
    /// <summary>Bytes of a hash.</summary>
    public const int HashSize = 32;

    /// <summary>Fewer messages than this are faster one by one.</summary>
    private const int LeastForLanes = 3;

    private const int PairSize = 2 * HashSize;
    private const byte NodePrefix = 1;

    /// <summary>Hashes messages of one length.</summary>
    /// <param name="data">Holds all messages.</param>
    /// <param name="offsets">Where each begins in <paramref name="data"/>.</param>
    /// <param name="length">Bytes of each.</param>
    /// <param name="hashes">32 bytes for each message, in the order of <paramref name="offsets"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A message reaches beyond the data, or the hashes do not fit.</exception>
    public static void HashEqualLengths(ReadOnlySpan<byte> data, ReadOnlySpan<int> offsets, int length, Span<byte> hashes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfLessThan(hashes.Length, offsets.Length * HashSize);
        foreach (int offset in offsets)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(offset, nameof(offsets));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, data.Length - length, nameof(offsets));
        }

        if (Sha256SixteenLanes.IsSupported)
            HashEqualLengths<Vector512<uint>, Sha256SixteenLanes>(data, ref offsets, length, ref hashes);
        else if (Sha256EightLanes.IsSupported)
            HashEqualLengths<Vector256<uint>, Sha256EightLanes>(data, ref offsets, length, ref hashes);
        for (int i = 0; i < offsets.Length; i++)
            SHA256.HashData(data.Slice(offsets[i], length), hashes[(i * HashSize)..]);
    }

    /// <summary>Hashes pairs of hashes into the nodes above them: <c>H(0x01 ‖ left ‖ right)</c> (RFC 9162, section 2.1.1).</summary>
    /// <param name="pairs">64 bytes for each pair.</param>
    /// <param name="nodes">32 bytes for each pair; may begin where <paramref name="pairs"/> begins.</param>
    /// <exception cref="ArgumentOutOfRangeException">The pairs are not whole, or the nodes do not fit.</exception>
    public static void HashNodes(ReadOnlySpan<byte> pairs, Span<byte> nodes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(pairs.Length % PairSize, 0, nameof(pairs));
        ArgumentOutOfRangeException.ThrowIfLessThan(nodes.Length, pairs.Length / 2);
        if (Sha256SixteenLanes.IsSupported) HashNodes<Vector512<uint>, Sha256SixteenLanes>(ref pairs, ref nodes);
        else if (Sha256EightLanes.IsSupported) HashNodes<Vector256<uint>, Sha256EightLanes>(ref pairs, ref nodes);

        Span<byte> message = stackalloc byte[1 + PairSize];
        message[0] = NodePrefix;
        for (; !pairs.IsEmpty; pairs = pairs[PairSize..], nodes = nodes[HashSize..])
        {
            pairs[..PairSize].CopyTo(message[1..]);
            SHA256.HashData(message, nodes);
        }
    }

    /// <summary>Takes messages as long as there are enough of them for lanes.</summary>
    internal static void HashEqualLengths<TVector, TLanes>(
        ReadOnlySpan<byte> data, ref ReadOnlySpan<int> offsets, int length, ref Span<byte> hashes)
        where TVector : unmanaged
        where TLanes : struct, ISha256Lanes<TVector>
    {
        while (offsets.Length >= LeastForLanes)
        {
            var count = Math.Min(offsets.Length, TLanes.Count);
            Sha256LaneBatch<TVector, TLanes>.HashEqualLengths(data, offsets[..count], length, hashes);
            offsets = offsets[count..];
            hashes = hashes[(count * HashSize)..];
        }
    }

    /// <summary>Takes pairs as long as there are enough of them for lanes.</summary>
    internal static void HashNodes<TVector, TLanes>(ref ReadOnlySpan<byte> pairs, ref Span<byte> nodes)
        where TVector : unmanaged
        where TLanes : struct, ISha256Lanes<TVector>
    {
        while (pairs.Length >= LeastForLanes * PairSize)
        {
            var count = Math.Min(pairs.Length / PairSize, TLanes.Count);
            Sha256LaneBatch<TVector, TLanes>.HashNodes(pairs[..(count * PairSize)], NodePrefix, nodes);
            pairs = pairs[(count * PairSize)..];
            nodes = nodes[(count * HashSize)..];
        }
    }
}
