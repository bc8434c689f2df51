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
        var first = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(bytes));
        var end = first + (nuint)bytes.Length;
        for (var line = first & ~(nuint)(Line - 1); line < end; line += Line) Sse.Prefetch0((void*)line);
    }
}
