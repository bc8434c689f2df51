using System.Buffers;

namespace DarkPool.Protocol.Link;

/// <summary>
/// A received frame of the link. On the wire: <c>u32 length of the rest ‖ u8 type ‖ u32 correlation ‖ payload</c>.
/// Its payload lives in a pooled array until <see cref="Dispose"/>.
/// </summary>
public sealed class LinkFrame : IDisposable
{
    internal const int HeaderLength = 9;
    internal const int LengthOfTypeAndCorrelation = 5;

    private byte[]? _pooled;
    private readonly int _length;

    internal LinkFrame(LinkMessageType type, uint correlation, byte[] pooled, int length)
    {
        Type = type;
        Correlation = correlation;
        _pooled = pooled;
        _length = length;
    }

    /// <summary>What the payload is.</summary>
    public LinkMessageType Type { get; }

    /// <summary>The request that this frame is, or answers; 0 in unsolicited frames.</summary>
    public uint Correlation { get; }

    /// <summary>The payload, the receiver's own; not to be used after <see cref="Dispose"/>.</summary>
    public Memory<byte> Payload => _pooled.AsMemory(0, _length);

    /// <summary>Gives the array back to the pool.</summary>
    public void Dispose()
    {
        byte[]? pooled = Interlocked.Exchange(ref _pooled, null);
        if (pooled is not null) ArrayPool<byte>.Shared.Return(pooled);
    }
}
