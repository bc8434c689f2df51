using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DarkPool.Protocol.Hashing;

/// <summary>
/// SHA-256 of as many messages as a vector has lanes, or fewer: lanes without a message of their own repeat the last one.
/// </summary>
internal static class Sha256LaneBatch<TVector, TLanes>
    where TVector : unmanaged
    where TLanes : struct, ISha256Lanes<TVector>
{
    private const int Block = Sha256State<TVector, TLanes>.BlockSize;
    private const int WordsPerBlock = Sha256State<TVector, TLanes>.WordsPerBlock;
    private const int HashSize = Sha256Batch.HashSize;

    /// <summary>One byte 0x80 and the length of 64 bits follow every message.</summary>
    private const int LeastPadding = 9;

    /// <summary>The bit that follows a message, at the top of a word.</summary>
    private const uint EndOfMessage = 0x8000_0000;

    /// <summary>Hashes messages of one length.</summary>
    /// <param name="data">Holds all messages.</param>
    /// <param name="offsets">Where each begins: at least one, at most as many as lanes.</param>
    /// <param name="length">Bytes of each.</param>
    /// <param name="hashes">32 bytes for each message.</param>
    public static void HashEqualLengths(ReadOnlySpan<byte> data, ReadOnlySpan<int> offsets, int length, Span<byte> hashes)
    {
        Span<TVector> words = Aligned(stackalloc TVector[WordsPerBlock + 1]);
        Span<int> at = stackalloc int[TLanes.Count];
        for (var lane = 0; lane < at.Length; lane++) at[lane] = offsets[Math.Min(lane, offsets.Length - 1)];
        var state = default(Sha256State<TVector, TLanes>);
        state.Start();
        var whole = length / Block * Block;
        for (var done = 0; done < whole; done += Block)
        {
            TLanes.Load(ref Unsafe.Add(ref MemoryMarshal.GetReference(data), done), at, ref words[0]);
            state.Absorb(words);
        }

        AbsorbTail(ref state, data[whole..], at, length, words);
        Finish(state, offsets.Length, hashes);
    }

    /// <summary>
    /// Hashes nodes of a tree. The prefix moves every byte of the pair by one place, which is a shift across words and needs no copy; the
    /// last byte and the padding are a block of their own.
    /// </summary>
    /// <param name="pairs">64 bytes for each pair: at least one, at most as many as lanes.</param>
    /// <param name="prefix">The byte before each pair.</param>
    /// <param name="nodes">32 bytes for each pair; may begin where <paramref name="pairs"/> begins.</param>
    public static void HashNodes(ReadOnlySpan<byte> pairs, byte prefix, Span<byte> nodes)
    {
        const int BitsOfMessage = (1 + Block) * 8;
        var count = pairs.Length / Block;
        Span<TVector> words = Aligned(stackalloc TVector[WordsPerBlock + 1]);
        Span<int> at = stackalloc int[TLanes.Count];
        for (var lane = 0; lane < at.Length; lane++) at[lane] = Math.Min(lane, count - 1) * Block;
        TLanes.Load(ref MemoryMarshal.GetReference(pairs), at, ref words[0]);
        var last = words[^1];
        for (var i = words.Length - 1; i > 0; i--) words[i] = TLanes.MoveByte(words[i - 1], words[i]);
        words[0] = TLanes.MoveByte(TLanes.Same(prefix), words[0]);
        var state = default(Sha256State<TVector, TLanes>);
        state.Start();
        state.Absorb(words);

        words.Clear();
        words[0] = TLanes.MoveByte(last, TLanes.Same(EndOfMessage));
        words[^1] = TLanes.Same(BitsOfMessage);
        state.Absorb(words);
        Finish(state, count, nodes);
    }

    private static void Finish(in Sha256State<TVector, TLanes> state, int count, Span<byte> hashes)
    {
        if (count == TLanes.Count)
        {
            state.Finish(hashes);
            return;
        }

        Span<byte> all = stackalloc byte[TLanes.Count * HashSize];
        state.Finish(all);
        all[..(count * HashSize)].CopyTo(hashes);
    }

    /// <summary>The bytes behind the last whole block, and the padding (FIPS 180-4, section 5.1.1), word by word.</summary>
    private static void AbsorbTail(
        ref Sha256State<TVector, TLanes> state, ReadOnlySpan<byte> tails, ReadOnlySpan<int> at, int length, Span<TVector> words)
    {
        var rest = length % Block;
        words.Clear();
        for (var from = 0; from <= rest; from += sizeof(uint))
        {
            var word = MemoryMarshal.Cast<TVector, uint>(words.Slice(from / sizeof(uint), 1));
            WriteTailWord(tails, at, from, Math.Min(rest - from, sizeof(uint)), word);
        }

        if (rest > Block - LeastPadding)
        {
            state.Absorb(words);
            words.Clear();
        }

        words[^2] = TLanes.Same((uint)((ulong)length >> 29));
        words[^1] = TLanes.Same((uint)length << 3);
        state.Absorb(words);
    }

    /// <summary>One word of every lane: up to four bytes of the message, and the bit that ends it.</summary>
    private static void WriteTailWord(ReadOnlySpan<byte> tails, ReadOnlySpan<int> at, int from, int bytes, Span<uint> word)
    {
        for (var lane = 0; lane < word.Length; lane++)
        {
            var part = tails.Slice(at[lane] + from, bytes);
            if (bytes == sizeof(uint))
            {
                word[lane] = BinaryPrimitives.ReadUInt32BigEndian(part);
                continue;
            }

            word[lane] = EndOfMessage >>> (8 * bytes);
            for (var i = 0; i < bytes; i++) word[lane] |= (uint)part[i] << (24 - (8 * i));
        }
    }

    /// <summary>
    /// Leaves out what stands before the first whole vector of a cache line: a vector across two lines costs two accesses. The stack does
    /// not move.
    /// </summary>
    private static Span<TVector> Aligned(Span<TVector> room)
    {
        ref var start = ref MemoryMarshal.GetReference(room);
        var address = Unsafe.ByteOffset(ref Unsafe.NullRef<TVector>(), ref start);
        var skip = (nint)(-address & (Unsafe.SizeOf<TVector>() - 1));
        return MemoryMarshal.CreateSpan(ref Unsafe.AddByteOffset(ref start, skip), WordsPerBlock);
    }
}
