using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
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

    /// <summary>The bit that follows a message, at the top of a word.</summary>
    private const uint EndOfMessage = 0x8000_0000;

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
        ArgumentOutOfRangeException.ThrowIfNotEqual(pairs.Length % Block, 0, nameof(pairs));
        ArgumentOutOfRangeException.ThrowIfLessThan(nodes.Length, pairs.Length / 2);
        Span<Vector256<uint>> words = stackalloc Vector256<uint>[Sha256Lanes.WordsPerBlock];
        Span<byte> eight = stackalloc byte[Lanes * HashSize];
        Span<int> offsets = stackalloc int[Lanes];
        while (Sha256Lanes.IsSupported && pairs.Length >= LeastForLanes * Block)
        {
            var count = Math.Min(pairs.Length / Block, Lanes);
            for (var lane = 0; lane < Lanes; lane++) offsets[lane] = Math.Min(lane, count - 1) * Block;
            HashPairs(pairs, offsets, words, eight);
            eight[..(count * HashSize)].CopyTo(nodes);
            pairs = pairs[(count * Block)..];
            nodes = nodes[(count * HashSize)..];
        }

        Span<byte> message = stackalloc byte[1 + Block];
        message[0] = NodePrefix;
        for (; !pairs.IsEmpty; pairs = pairs[Block..], nodes = nodes[HashSize..])
        {
            pairs[..Block].CopyTo(message[1..]);
            SHA256.HashData(message, nodes);
        }
    }

    /// <summary>
    /// Eight nodes. The prefix moves every byte of the pair by one place, which is a shift across words and needs no copy; the last byte
    /// and the padding are a block of their own.
    /// </summary>
    private static void HashPairs(
        ReadOnlySpan<byte> pairs, ReadOnlySpan<int> offsets, Span<Vector256<uint>> words, Span<byte> hashes)
    {
        const int BitsOfMessage = (1 + Block) * 8;
        Sha256Lanes.LoadBlock(ref MemoryMarshal.GetReference(pairs), offsets, words);
        var last = words[^1];
        for (var i = words.Length - 1; i > 0; i--) words[i] = (words[i - 1] << 24) | (words[i] >>> 8);
        words[0] = Vector256.Create((uint)NodePrefix << 24) | (words[0] >>> 8);
        var state = default(Sha256Lanes);
        state.Start();
        state.Absorb(words);

        words.Clear();
        words[0] = (last << 24) | Vector256.Create(EndOfMessage >>> 8);
        words[^1] = Vector256.Create((uint)BitsOfMessage);
        state.Absorb(words);
        state.Finish(hashes);
    }

    private static void HashLanes(ReadOnlySpan<byte> data, ReadOnlySpan<int> offsets, int length, Span<byte> hashes)
    {
        Span<Vector256<uint>> words = stackalloc Vector256<uint>[Sha256Lanes.WordsPerBlock];
        Span<int> at = stackalloc int[Lanes];

        // Lanes without a message of their own repeat the last one.
        for (var lane = 0; lane < Lanes; lane++) at[lane] = offsets[Math.Min(lane, offsets.Length - 1)];
        var state = default(Sha256Lanes);
        state.Start();
        var whole = length / Block * Block;
        for (var done = 0; done < whole; done += Block)
            state.Absorb(ref Unsafe.Add(ref MemoryMarshal.GetReference(data), done), at, words);
        AbsorbTail(ref state, data[whole..], at, length, words);

        if (offsets.Length == Lanes)
        {
            state.Finish(hashes);
            return;
        }

        Span<byte> eight = stackalloc byte[Lanes * HashSize];
        state.Finish(eight);
        eight[..(offsets.Length * HashSize)].CopyTo(hashes);
    }

    /// <summary>The bytes behind the last whole block, and the padding (FIPS 180-4, section 5.1.1), word by word.</summary>
    private static void AbsorbTail(
        ref Sha256Lanes state, ReadOnlySpan<byte> tails, ReadOnlySpan<int> at, int length, Span<Vector256<uint>> words)
    {
        var rest = length % Block;
        words.Clear();
        for (var byteIndex = 0; byteIndex <= rest; byteIndex += sizeof(uint))
            words[byteIndex / sizeof(uint)] = TailWord(tails, at, byteIndex, Math.Min(rest - byteIndex, sizeof(uint)));
        if (rest > Block - LeastPadding)
        {
            state.Absorb(words);
            words.Clear();
        }

        words[^2] = Vector256.Create((uint)((ulong)length >> 29));
        words[^1] = Vector256.Create((uint)length << 3);
        state.Absorb(words);
    }

    /// <summary>One word of every lane: up to four bytes of the message, and the bit that ends it.</summary>
    private static Vector256<uint> TailWord(ReadOnlySpan<byte> tails, ReadOnlySpan<int> at, int byteIndex, int bytes)
    {
        Span<uint> values = stackalloc uint[Lanes];
        for (var lane = 0; lane < Lanes; lane++)
        {
            var part = tails.Slice(at[lane] + byteIndex, bytes);
            if (bytes == sizeof(uint)) values[lane] = BinaryPrimitives.ReadUInt32BigEndian(part);
            else for (var i = 0; i < bytes; i++) values[lane] |= (uint)part[i] << (24 - (8 * i));
        }

        var word = Vector256.Create<uint>(values);
        return bytes == sizeof(uint) ? word : word | Vector256.Create(EndOfMessage >>> (8 * bytes));
    }
}
