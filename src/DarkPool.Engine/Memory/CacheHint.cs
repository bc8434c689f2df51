using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace DarkPool.Engine.Memory;

/// <summary>Hints to the processor's caches: they change nothing but time, and do nothing where the processor has none.</summary>
public static unsafe class CacheHint
{
    private const int Line = 64;

    /// <summary>Starts to bring bytes near that will be read soon.</summary>
    /// <param name="bytes">Of any length; the time that this takes grows with it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(ReadOnlySpan<byte> bytes)
    {
        if (!Sse.IsSupported) return;
        ref var first = ref MemoryMarshal.GetReference(bytes);
        for (var at = 0; at < bytes.Length; at += Line) Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref first, at)));
    }
}
