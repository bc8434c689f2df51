// FIPS 180-4, section 6.2.2: the SHA-256 compression function, on eight messages at once.
// Lane i of every vector belongs to message i. The one-shot call of the runtime spends most of its time around the hash
// (about 690 ns for 260 bytes, 220 ns of them hashing); this spends 37 ns a block and message, without any call.

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DarkPool.Protocol.Hashing;

/// <summary>The state of eight SHA-256 computations that advance together.</summary>
internal struct Sha256Lanes
{
    public const int Count = 8;
    public const int BlockSize = 64;
    public const int WordsPerBlock = 16;

    private Vector256<uint> _a, _b, _c, _d, _e, _f, _g, _h;

    public static bool IsSupported => Avx2.IsSupported && BitConverter.IsLittleEndian;

    private static ReadOnlySpan<uint> RoundConstants =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    public void Start()
    {
        _a = Vector256.Create(0x6a09e667u);
        _b = Vector256.Create(0xbb67ae85u);
        _c = Vector256.Create(0x3c6ef372u);
        _d = Vector256.Create(0xa54ff53au);
        _e = Vector256.Create(0x510e527fu);
        _f = Vector256.Create(0x9b05688cu);
        _g = Vector256.Create(0x1f83d9abu);
        _h = Vector256.Create(0x5be0cd19u);
    }

    /// <summary>Takes the next 64 bytes of each message; message i is at <paramref name="first"/> plus <c>offsets[i]</c>.</summary>
    /// <param name="first">Where offsets count from.</param>
    /// <param name="offsets">Eight offsets.</param>
    /// <param name="words">Room for the sixteen words of a block, overwritten.</param>
    public void Absorb(ref byte first, ReadOnlySpan<int> offsets, Span<Vector256<uint>> words)
    {
        LoadBlock(ref first, offsets, words);
        Absorb(words);
    }

    /// <summary>Takes a block that is given as sixteen big-endian words of each message; the words are overwritten.</summary>
    public void Absorb(Span<Vector256<uint>> words) => Compress(ref MemoryMarshal.GetReference(words[..WordsPerBlock]));

    /// <summary>Reads 64 bytes of each message as sixteen big-endian words.</summary>
    public static void LoadBlock(ref byte first, ReadOnlySpan<int> offsets, Span<Vector256<uint>> words)
    {
        ref var w = ref MemoryMarshal.GetReference(words[..WordsPerBlock]);
        Transpose(ref first, offsets, ref w);
        Transpose(ref Unsafe.Add(ref first, 32), offsets, ref Unsafe.Add(ref w, 8));
    }

    /// <summary>Writes the eight hashes, one after another.</summary>
    public readonly void Finish(Span<byte> hashes)
    {
        Vector256<uint> r0 = _a, r1 = _b, r2 = _c, r3 = _d, r4 = _e, r5 = _f, r6 = _g, r7 = _h;
        Transpose(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7);
        ref byte to = ref MemoryMarshal.GetReference(hashes[..(Count * 32)]);
        SwapBytes(r0).AsByte().StoreUnsafe(ref to);
        SwapBytes(r1).AsByte().StoreUnsafe(ref to, 32);
        SwapBytes(r2).AsByte().StoreUnsafe(ref to, 64);
        SwapBytes(r3).AsByte().StoreUnsafe(ref to, 96);
        SwapBytes(r4).AsByte().StoreUnsafe(ref to, 128);
        SwapBytes(r5).AsByte().StoreUnsafe(ref to, 160);
        SwapBytes(r6).AsByte().StoreUnsafe(ref to, 192);
        SwapBytes(r7).AsByte().StoreUnsafe(ref to, 224);
    }

    /// <summary>
    /// Sixteen rounds on the words as they came, then three times sixteen on the next ones, each word made where it is used.
    /// </summary>
    private void Compress(ref Vector256<uint> w)
    {
        Vector256<uint> a = _a, b = _b, c = _c, d = _d, e = _e, f = _f, g = _g, h = _h;
        var bc = b ^ c;
        ref uint k = ref MemoryMarshal.GetReference(RoundConstants);
        Round(a, b, ref bc, ref d, e, f, g, ref h, Word(ref w, ref k, 0));
        Round(h, a, ref bc, ref c, d, e, f, ref g, Word(ref w, ref k, 1));
        Round(g, h, ref bc, ref b, c, d, e, ref f, Word(ref w, ref k, 2));
        Round(f, g, ref bc, ref a, b, c, d, ref e, Word(ref w, ref k, 3));
        Round(e, f, ref bc, ref h, a, b, c, ref d, Word(ref w, ref k, 4));
        Round(d, e, ref bc, ref g, h, a, b, ref c, Word(ref w, ref k, 5));
        Round(c, d, ref bc, ref f, g, h, a, ref b, Word(ref w, ref k, 6));
        Round(b, c, ref bc, ref e, f, g, h, ref a, Word(ref w, ref k, 7));
        Round(a, b, ref bc, ref d, e, f, g, ref h, Word(ref w, ref k, 8));
        Round(h, a, ref bc, ref c, d, e, f, ref g, Word(ref w, ref k, 9));
        Round(g, h, ref bc, ref b, c, d, e, ref f, Word(ref w, ref k, 10));
        Round(f, g, ref bc, ref a, b, c, d, ref e, Word(ref w, ref k, 11));
        Round(e, f, ref bc, ref h, a, b, c, ref d, Word(ref w, ref k, 12));
        Round(d, e, ref bc, ref g, h, a, b, ref c, Word(ref w, ref k, 13));
        Round(c, d, ref bc, ref f, g, h, a, ref b, Word(ref w, ref k, 14));
        Round(b, c, ref bc, ref e, f, g, h, ref a, Word(ref w, ref k, 15));
        for (int round = 16; round < 64; round += 16)
        {
            k = ref Unsafe.Add(ref k, 16);
            Round(a, b, ref bc, ref d, e, f, g, ref h, NextWord(ref w, ref k, 0));
            Round(h, a, ref bc, ref c, d, e, f, ref g, NextWord(ref w, ref k, 1));
            Round(g, h, ref bc, ref b, c, d, e, ref f, NextWord(ref w, ref k, 2));
            Round(f, g, ref bc, ref a, b, c, d, ref e, NextWord(ref w, ref k, 3));
            Round(e, f, ref bc, ref h, a, b, c, ref d, NextWord(ref w, ref k, 4));
            Round(d, e, ref bc, ref g, h, a, b, ref c, NextWord(ref w, ref k, 5));
            Round(c, d, ref bc, ref f, g, h, a, ref b, NextWord(ref w, ref k, 6));
            Round(b, c, ref bc, ref e, f, g, h, ref a, NextWord(ref w, ref k, 7));
            Round(a, b, ref bc, ref d, e, f, g, ref h, NextWord(ref w, ref k, 8));
            Round(h, a, ref bc, ref c, d, e, f, ref g, NextWord(ref w, ref k, 9));
            Round(g, h, ref bc, ref b, c, d, e, ref f, NextWord(ref w, ref k, 10));
            Round(f, g, ref bc, ref a, b, c, d, ref e, NextWord(ref w, ref k, 11));
            Round(e, f, ref bc, ref h, a, b, c, ref d, NextWord(ref w, ref k, 12));
            Round(d, e, ref bc, ref g, h, a, b, ref c, NextWord(ref w, ref k, 13));
            Round(c, d, ref bc, ref f, g, h, a, ref b, NextWord(ref w, ref k, 14));
            Round(b, c, ref bc, ref e, f, g, h, ref a, NextWord(ref w, ref k, 15));
        }

        _a += a;
        _b += b;
        _c += c;
        _d += d;
        _e += e;
        _f += f;
        _g += g;
        _h += h;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Word(ref Vector256<uint> w, ref uint k, int at) =>
        Unsafe.Add(ref w, at) + Vector256.Create(Unsafe.Add(ref k, at));

    /// <summary>Replaces a word by the one sixteen rounds later (the message schedule, in a ring).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> NextWord(ref Vector256<uint> w, ref uint k, int at)
    {
        var x = Unsafe.Add(ref w, (at + 1) & 15);
        var y = Unsafe.Add(ref w, (at + 14) & 15);
        var next = Unsafe.Add(ref w, at) + Unsafe.Add(ref w, (at + 9) & 15)
            + (((x >>> 7) ^ (x >>> 18)) ^ ((x >>> 3) ^ (x << 25)) ^ (x << 14))
            + (((y >>> 17) ^ (y >>> 19)) ^ ((y >>> 10) ^ (y << 15)) ^ (y << 13));
        Unsafe.Add(ref w, at) = next;
        return next + Vector256.Create(Unsafe.Add(ref k, at));
    }

    /// <summary>
    /// One round. What depends on the last round's <c>e</c> is added last: the processor's vector queue sees two rounds ahead, so the
    /// length of the chain from round to round counts, not only the number of operations.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(
        Vector256<uint> a, Vector256<uint> b, ref Vector256<uint> bc, ref Vector256<uint> d,
        Vector256<uint> e, Vector256<uint> f, Vector256<uint> g, ref Vector256<uint> h, Vector256<uint> wk)
    {
        var t = h + wk + (((f ^ g) & e) ^ g)
            + (((e >>> 6) ^ (e >>> 11)) ^ ((e >>> 25) ^ (e << 26)) ^ ((e << 21) ^ (e << 7)));
        d += t;

        // Maj(a, b, c) = ((a ^ b) & (b ^ c)) ^ b, and this round's a ^ b is the next one's b ^ c.
        var ab = a ^ b;
        h = t + ((ab & bc) ^ b) + (((a >>> 2) ^ (a >>> 13)) ^ ((a >>> 22) ^ (a << 30)) ^ ((a << 19) ^ (a << 10)));
        bc = ab;
    }

    /// <summary>32 bytes of each of eight messages become eight vectors of big-endian words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(ref byte first, ReadOnlySpan<int> offsets, ref Vector256<uint> words)
    {
        Vector256<uint> r0 = Load(ref first, offsets[0]), r1 = Load(ref first, offsets[1]);
        Vector256<uint> r2 = Load(ref first, offsets[2]), r3 = Load(ref first, offsets[3]);
        Vector256<uint> r4 = Load(ref first, offsets[4]), r5 = Load(ref first, offsets[5]);
        Vector256<uint> r6 = Load(ref first, offsets[6]), r7 = Load(ref first, offsets[7]);
        Transpose(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7);
        words = r0;
        Unsafe.Add(ref words, 1) = r1;
        Unsafe.Add(ref words, 2) = r2;
        Unsafe.Add(ref words, 3) = r3;
        Unsafe.Add(ref words, 4) = r4;
        Unsafe.Add(ref words, 5) = r5;
        Unsafe.Add(ref words, 6) = r6;
        Unsafe.Add(ref words, 7) = r7;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Load(ref byte first, int offset) =>
        SwapBytes(Vector256.LoadUnsafe(ref Unsafe.Add(ref first, offset)).AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> SwapBytes(Vector256<uint> x) => Avx2.Shuffle(
        x.AsByte(),
        Vector256.Create(
            (byte)3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12)).AsUInt32();

    /// <summary>Rows become columns, eight by eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(
        ref Vector256<uint> r0, ref Vector256<uint> r1, ref Vector256<uint> r2, ref Vector256<uint> r3,
        ref Vector256<uint> r4, ref Vector256<uint> r5, ref Vector256<uint> r6, ref Vector256<uint> r7)
    {
        Vector256<ulong> t0 = Avx2.UnpackLow(r0, r1).AsUInt64(), t1 = Avx2.UnpackHigh(r0, r1).AsUInt64();
        Vector256<ulong> t2 = Avx2.UnpackLow(r2, r3).AsUInt64(), t3 = Avx2.UnpackHigh(r2, r3).AsUInt64();
        Vector256<ulong> t4 = Avx2.UnpackLow(r4, r5).AsUInt64(), t5 = Avx2.UnpackHigh(r4, r5).AsUInt64();
        Vector256<ulong> t6 = Avx2.UnpackLow(r6, r7).AsUInt64(), t7 = Avx2.UnpackHigh(r6, r7).AsUInt64();
        Vector256<uint> u0 = Avx2.UnpackLow(t0, t2).AsUInt32(), u1 = Avx2.UnpackHigh(t0, t2).AsUInt32();
        Vector256<uint> u2 = Avx2.UnpackLow(t1, t3).AsUInt32(), u3 = Avx2.UnpackHigh(t1, t3).AsUInt32();
        Vector256<uint> u4 = Avx2.UnpackLow(t4, t6).AsUInt32(), u5 = Avx2.UnpackHigh(t4, t6).AsUInt32();
        Vector256<uint> u6 = Avx2.UnpackLow(t5, t7).AsUInt32(), u7 = Avx2.UnpackHigh(t5, t7).AsUInt32();
        r0 = Avx2.Permute2x128(u0, u4, 0x20);
        r1 = Avx2.Permute2x128(u1, u5, 0x20);
        r2 = Avx2.Permute2x128(u2, u6, 0x20);
        r3 = Avx2.Permute2x128(u3, u7, 0x20);
        r4 = Avx2.Permute2x128(u0, u4, 0x31);
        r5 = Avx2.Permute2x128(u1, u5, 0x31);
        r6 = Avx2.Permute2x128(u2, u6, 0x31);
        r7 = Avx2.Permute2x128(u3, u7, 0x31);
    }
}
