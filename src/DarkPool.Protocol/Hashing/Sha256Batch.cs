using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace DarkPool.Protocol.Hashing;

/// <summary>
/// SHA-256 (FIPS 180-4) of many short messages at once: eight side by side where the processor has AVX2, one after another elsewhere.
/// Allocates nothing.
/// </summary>
public static class Sha256Batch
{
    /// <summary>Bytes of a hash.</summary>
    public const int HashSize = 32;

    private const int Lanes = Sha256Lanes.Count;
    private const int Block = Sha256Lanes.BlockSize;

    /// <summary>Fewer messages than this are faster one by one.</summary>
    private const int LeastForLanes = 3;

    /// <summary>One byte 0x80 and the length of 64 bits follow every message.</summary>
    private const int LeastPadding = 9;

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

        while (Sha256Lanes.IsSupported && offsets.Length >= LeastForLanes)
        {
            int count = Math.Min(offsets.Length, Lanes);
            HashLanes(data, offsets[..count], length, hashes);
            offsets = offsets[count..];
            hashes = hashes[(count * HashSize)..];
        }

        for (int i = 0; i < offsets.Length; i++)
            SHA256.HashData(data.Slice(offsets[i], length), hashes[(i * HashSize)..]);
    }

    /// <summary>Hashes pairs of hashes into the nodes above them: <c>H(0x01 ‖ left ‖ right)</c> (RFC 9162, section 2.1.1).</summary>
    /// <param name="pairs">64 bytes for each pair.</param>
    /// <param name="nodes">32 bytes for each pair; may begin where <paramref name="pairs"/> begins.</param>
    /// <exception cref="ArgumentOutOfRangeException">The pairs are not whole, or the nodes do not fit.</exception>
    public static void HashNodes(ReadOnlySpan<byte> pairs, Span<byte> nodes)
    {
        const int Message = 1 + Block;
        const int Padded = 2 * Block;
        ArgumentOutOfRangeException.ThrowIfNotEqual(pairs.Length % Block, 0, nameof(pairs));
        ArgumentOutOfRangeException.ThrowIfLessThan(nodes.Length, pairs.Length / 2);
        Span<byte> staged = stackalloc byte[Lanes * Padded];
        Span<int> offsets = stackalloc int[Lanes];
        for (int lane = 0; lane < Lanes; lane++)
        {
            offsets[lane] = lane * Padded;
            staged[lane * Padded] = NodePrefix;
            Pad(staged.Slice(lane * Padded, Padded), Message);
        }

        Span<byte> eight = stackalloc byte[Lanes * HashSize];
        while (Sha256Lanes.IsSupported && pairs.Length >= LeastForLanes * Block)
        {
            int count = Math.Min(pairs.Length / Block, Lanes);
            for (int lane = 0; lane < count; lane++)
                pairs.Slice(lane * Block, Block).CopyTo(staged[((lane * Padded) + 1)..]);
            var state = default(Sha256Lanes);
            state.Start();
            state.Absorb(ref MemoryMarshal.GetReference(staged), offsets);
            state.Absorb(ref staged[Block], offsets);
            state.Finish(eight);
            eight[..(count * HashSize)].CopyTo(nodes);
            pairs = pairs[(count * Block)..];
            nodes = nodes[(count * HashSize)..];
        }

        for (; !pairs.IsEmpty; pairs = pairs[Block..], nodes = nodes[HashSize..])
        {
            pairs[..Block].CopyTo(staged[1..]);
            SHA256.HashData(staged[..Message], nodes);
        }
    }

    private static void HashLanes(ReadOnlySpan<byte> data, ReadOnlySpan<int> offsets, int length, Span<byte> hashes)
    {
        int whole = length / Block * Block;
        int rest = length - whole;
        int tail = rest + LeastPadding <= Block ? Block : 2 * Block;
        Span<int> at = stackalloc int[Lanes];
        Span<byte> tails = stackalloc byte[Lanes * 2 * Block];
        for (int lane = 0; lane < Lanes; lane++)
        {
            // Lanes without a message of their own repeat the last one.
            at[lane] = offsets[Math.Min(lane, offsets.Length - 1)];
            Span<byte> padded = tails.Slice(lane * tail, tail);
            data.Slice(at[lane] + whole, rest).CopyTo(padded);
            Pad(padded, rest, length);
        }

        var state = default(Sha256Lanes);
        state.Start();
        for (int done = 0; done < whole; done += Block)
            state.Absorb(ref Unsafe.Add(ref MemoryMarshal.GetReference(data), done), at);
        for (int lane = 0; lane < Lanes; lane++) at[lane] = lane * tail;
        for (int done = 0; done < tail; done += Block) state.Absorb(ref tails[done], at);

        if (offsets.Length == Lanes)
        {
            state.Finish(hashes);
            return;
        }

        Span<byte> eight = stackalloc byte[Lanes * HashSize];
        state.Finish(eight);
        eight[..(offsets.Length * HashSize)].CopyTo(hashes);
    }

    private static void Pad(Span<byte> padded, int length) => Pad(padded, length, length);

    /// <summary>Writes the padding behind the last bytes of a message (FIPS 180-4, section 5.1.1).</summary>
    private static void Pad(Span<byte> padded, int used, int messageLength)
    {
        padded[used] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(padded[^8..], (ulong)messageLength * 8);
    }
}
