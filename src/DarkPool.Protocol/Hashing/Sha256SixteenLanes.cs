using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DarkPool.Protocol.Hashing;

/// <summary>
/// Sixteen messages side by side in AVX-512, which has what SHA-256 is made of: rotation, and any logic of three inputs, each in one
/// instruction.
/// </summary>
internal readonly struct Sha256SixteenLanes : ISha256Lanes<Vector512<uint>>
{
    // Truth tables of three inputs, as VPTERNLOG takes them.
    private const byte Parity = 0x96;
    private const byte Choice = 0xCA;
    private const byte Majority = 0xE8;

    // Quarters of two vectors, as VSHUFI32X4 takes them: the even ones, the odd ones.
    private const byte EvenQuarters = 0b10_00_10_00;
    private const byte OddQuarters = 0b11_01_11_01;

    public static int Count => 16;

    public static bool IsSupported => Vector512.IsHardwareAccelerated && Avx512BW.IsSupported && BitConverter.IsLittleEndian;

    public static Vector512<uint> Same(uint word) => Vector512.Create(word);

    public static Vector512<uint> Add(Vector512<uint> x, Vector512<uint> y) => x + y;

    public static Vector512<uint> Xor(Vector512<uint> x, Vector512<uint> y) => x ^ y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Round(
        Vector512<uint> a, Vector512<uint> b, Vector512<uint> c, ref Vector512<uint> bc, ref Vector512<uint> d,
        Vector512<uint> e, Vector512<uint> f, Vector512<uint> g, ref Vector512<uint> h, Vector512<uint> wordAndConstant)
    {
        var t = h + wordAndConstant + Avx512F.TernaryLogic(e, f, g, Choice)
            + Xor(Avx512F.RotateRight(e, 6), Avx512F.RotateRight(e, 11), Avx512F.RotateRight(e, 25));
        d += t;
        h = t + Avx512F.TernaryLogic(a, b, c, Majority)
            + Xor(Avx512F.RotateRight(a, 2), Avx512F.RotateRight(a, 13), Avx512F.RotateRight(a, 22));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> NextWord(Vector512<uint> word0, Vector512<uint> word1, Vector512<uint> word9, Vector512<uint> word14) =>
        word0 + word9
            + Xor(Avx512F.RotateRight(word1, 7), Avx512F.RotateRight(word1, 18), word1 >>> 3)
            + Xor(Avx512F.RotateRight(word14, 17), Avx512F.RotateRight(word14, 19), word14 >>> 10);

    public static Vector512<uint> MoveByte(Vector512<uint> before, Vector512<uint> word) => (before << 24) | (word >>> 8);

    public static void Load(ref byte first, ReadOnlySpan<int> offsets, ref Vector512<uint> words)
    {
        offsets = offsets[..Count];
        for (var four = 0; four < 4; four++)
        {
            ref var to = ref Unsafe.Add(ref words, four * 4);
            to = Row(ref first, offsets[four * 4]);
            Unsafe.Add(ref to, 1) = Row(ref first, offsets[(four * 4) + 1]);
            Unsafe.Add(ref to, 2) = Row(ref first, offsets[(four * 4) + 2]);
            Unsafe.Add(ref to, 3) = Row(ref first, offsets[(four * 4) + 3]);
            TransposeQuarters(ref to);
        }

        // Place 4q + k now holds, in quarter j, word 4j + k of messages 4q to 4q + 3: what is left is to exchange quarters and places.
        for (var k = 0; k < 4; k++) ExchangeQuarters(ref Unsafe.Add(ref words, k));
    }

    public static void Store(ReadOnlySpan<Vector512<uint>> state, Span<byte> hashes)
    {
        Span<Vector512<uint>> rows = stackalloc Vector512<uint>[8];
        for (var i = 0; i < rows.Length; i++) rows[i] = SwapBytes(state[i]);
        TransposeQuarters(ref rows[0]);
        TransposeQuarters(ref rows[4]);
        ref byte to = ref MemoryMarshal.GetReference(hashes[..(Count * 32)]);
        for (var k = 0; k < 4; k++)
        {
            // Quarter j of places k and 4 + k: the two halves of hash 4j + k.
            StoreQuarters(rows[k], ref Unsafe.Add(ref to, k * 32));
            StoreQuarters(rows[4 + k], ref Unsafe.Add(ref to, (k * 32) + 16));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Xor(Vector512<uint> x, Vector512<uint> y, Vector512<uint> z) => Avx512F.TernaryLogic(x, y, z, Parity);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Row(ref byte first, int offset) =>
        SwapBytes(Vector512.LoadUnsafe(ref Unsafe.Add(ref first, offset)).AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> SwapBytes(Vector512<uint> x)
    {
        var order = Vector128.Create((byte)3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
        var half = Vector256.Create(order, order);
        return Avx512BW.Shuffle(x.AsByte(), Vector512.Create(half, half)).AsUInt32();
    }

    /// <summary>Rows become columns, four by four, in each quarter of four vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeQuarters(ref Vector512<uint> rows)
    {
        Vector512<uint> r0 = rows, r1 = Unsafe.Add(ref rows, 1), r2 = Unsafe.Add(ref rows, 2), r3 = Unsafe.Add(ref rows, 3);
        Vector512<ulong> t0 = Avx512F.UnpackLow(r0, r1).AsUInt64(), t1 = Avx512F.UnpackHigh(r0, r1).AsUInt64();
        Vector512<ulong> t2 = Avx512F.UnpackLow(r2, r3).AsUInt64(), t3 = Avx512F.UnpackHigh(r2, r3).AsUInt64();
        rows = Avx512F.UnpackLow(t0, t2).AsUInt32();
        Unsafe.Add(ref rows, 1) = Avx512F.UnpackHigh(t0, t2).AsUInt32();
        Unsafe.Add(ref rows, 2) = Avx512F.UnpackLow(t1, t3).AsUInt32();
        Unsafe.Add(ref rows, 3) = Avx512F.UnpackHigh(t1, t3).AsUInt32();
    }

    /// <summary>Of four vectors, four places apart, quarter j of vector q becomes quarter q of vector j.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ExchangeQuarters(ref Vector512<uint> vectors)
    {
        Vector512<uint> u0 = vectors, u1 = Unsafe.Add(ref vectors, 4), u2 = Unsafe.Add(ref vectors, 8), u3 = Unsafe.Add(ref vectors, 12);
        Vector512<uint> even01 = Avx512F.Shuffle4x128(u0, u1, EvenQuarters), odd01 = Avx512F.Shuffle4x128(u0, u1, OddQuarters);
        Vector512<uint> even23 = Avx512F.Shuffle4x128(u2, u3, EvenQuarters), odd23 = Avx512F.Shuffle4x128(u2, u3, OddQuarters);
        vectors = Avx512F.Shuffle4x128(even01, even23, EvenQuarters);
        Unsafe.Add(ref vectors, 4) = Avx512F.Shuffle4x128(odd01, odd23, EvenQuarters);
        Unsafe.Add(ref vectors, 8) = Avx512F.Shuffle4x128(even01, even23, OddQuarters);
        Unsafe.Add(ref vectors, 12) = Avx512F.Shuffle4x128(odd01, odd23, OddQuarters);
    }

    /// <summary>Writes the four quarters of a vector, four hashes apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreQuarters(Vector512<uint> x, ref byte to)
    {
        Avx512F.ExtractVector128(x, 0).AsByte().StoreUnsafe(ref to);
        Avx512F.ExtractVector128(x, 1).AsByte().StoreUnsafe(ref to, 128);
        Avx512F.ExtractVector128(x, 2).AsByte().StoreUnsafe(ref to, 256);
        Avx512F.ExtractVector128(x, 3).AsByte().StoreUnsafe(ref to, 384);
    }
}
