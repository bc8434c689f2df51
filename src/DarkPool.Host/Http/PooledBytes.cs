using System.Buffers;

namespace DarkPool.Host.Http;

/// <summary>Bytes in an array of the shared pool, given back when disposed.</summary>
internal sealed class PooledBytes(byte[] array, int length) : IDisposable
{
    private byte[]? _array = array;

    internal int Length => length;

    internal ReadOnlySpan<byte> Span => _array.AsSpan(0, length);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _array, null) is { } returned) ArrayPool<byte>.Shared.Return(returned);
    }
}
