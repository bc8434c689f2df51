using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DarkPool.Protocol.Hashing;

/// <summary>Eight messages side by side in AVX2, which has no rotation: two shifts each.</summary>
internal readonly struct Sha256EightLanes : ISha256Lanes<Vector256<uint>>
{
    public static int Count => 8;

    public static bool IsSupported => Avx2.IsSupported && BitConverter.IsLittleEndian;

    public static Vector256<uint> Same(uint word) => Vector256.Create(word);

    public static Vector256<uint> Add(Vector256<uint> x, Vector256<uint> y) => x + y;

    public static Vector256<uint> Xor(Vector256<uint> x, Vector256<uint> y) => x ^ y;

    /// <summary>
    /// What depends on the last round's <c>e</c> is added last: the processor's vector queue sees two rounds ahead, so the length of the
    /// chain from round to round counts, not only the number of operations.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Round(
        Vector256<uint> a, Vector256<uint> b, Vector256<uint> c, ref Vector256<uint> bc, ref Vector256<uint> d,
        Vector256<uint> e, Vector256<uint> f, Vector256<uint> g, ref Vector256<uint> h, Vector256<uint> wordAndConstant)
    {
        var t = h + wordAndConstant + (((f ^ g) & e) ^ g)
            + (((e >>> 6) ^ (e >>> 11)) ^ ((e >>> 25) ^ (e << 26)) ^ ((e << 21) ^ (e << 7)));
        d += t;

        // Maj(a, b, c) = ((a ^ b) & (b ^ c)) ^ b, and this round's a ^ b is the next one's b ^ c.
        var ab = a ^ b;
        h = t + ((ab & bc) ^ b) + (((a >>> 2) ^ (a >>> 13)) ^ ((a >>> 22) ^ (a << 30)) ^ ((a << 19) ^ (a << 10)));
        bc = ab;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> NextWord(Vector256<uint> word0, Vector256<uint> word1, Vector256<uint> word9, Vector256<uint> word14) =>
        word0 + word9
            + (((word1 >>> 7) ^ (word1 >>> 18)) ^ ((word1 >>> 3) ^ (word1 << 25)) ^ (word1 << 14))
            + (((word14 >>> 17) ^ (word14 >>> 19)) ^ ((word14 >>> 10) ^ (word14 << 15)) ^ (word14 << 13));

    public static Vector256<uint> MoveByte(Vector256<uint> before, Vector256<uint> word) => (before << 24) | (word >>> 8);

    public static void Load(ref byte first, ReadOnlySpan<int> offsets, ref Vector256<uint> words)
    {
        Transpose(ref first, offsets, ref words);
        Transpose(ref Unsafe.Add(ref first, 32), offsets, ref Unsafe.Add(ref words, 8));
    }

    public static void Store(ReadOnlySpan<Vector256<uint>> state, Span<byte> hashes)
    {
        Vector256<uint> r0 = state[0], r1 = state[1], r2 = state[2], r3 = state[3];
        Vector256<uint> r4 = state[4], r5 = state[5], r6 = state[6], r7 = state[7];
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
