using System.Buffers;
using System.Buffers.Binary;
using System.Collections;

namespace DarkPool.Protocol.Link;

/// <summary>How an attach ended.</summary>
public enum AttachOutcome : byte
{
    /// <summary>The stream is open.</summary>
    Attached = 1,

    /// <summary>No such session, or it was evicted.</summary>
    UnknownSession = 2,

    /// <summary>The token does not open under the session's attach secret.</summary>
    BadToken = 3,

    /// <summary>All stream places are taken.</summary>
    TooManyStreams = 4,
}

/// <summary>Answer to Attach.</summary>
/// <param name="Outcome">How it ended; the other members mean something only when attached.</param>
/// <param name="Stream">The stream's number; a new attach of the same session ends the previous stream.</param>
/// <param name="EnclaveRandom">What the client needs to derive the stream's key, 32 bytes.</param>
/// <param name="RateClass">The session's rate class.</param>
/// <param name="EndedStream">The stream of the same session that this attach ended; 0 if none.</param>
public sealed record AttachAnswer(AttachOutcome Outcome, uint Stream, byte[] EnclaveRandom, byte RateClass, uint EndedStream)
{
    /// <summary>Encodes.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        var writer = new PayloadWriter(output);
        writer.Byte((byte)Outcome);
        writer.UInt32(Stream);
        writer.Bytes(EnclaveRandom);
        writer.Byte(RateClass);
        writer.UInt32(EndedStream);
    }

    internal static AttachAnswer Read(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        var answer = new AttachAnswer(
            (AttachOutcome)reader.Byte(), reader.UInt32(), reader.Bytes(32).ToArray(), reader.Byte(), reader.UInt32());
        reader.End();
        return answer;
    }
}

/// <summary>One frame of one stream, ready to be sent as it is.</summary>
/// <param name="Stream">The stream's number.</param>
/// <param name="Bytes">The sealed frame.</param>
public readonly record struct StreamFrame(uint Stream, ReadOnlyMemory<byte> Bytes);

/// <summary>
/// Answer to Draw: exactly one frame of every attached stream of the class.
/// On the wire: <c>u8 class ‖ u32 frame length ‖ u32 count ‖ (u32 stream ‖ frame)*</c>.
/// </summary>
public sealed class FrameBatch : IReadOnlyList<StreamFrame>
{
    internal const int HeaderLength = 9;
    internal const int StreamNumberLength = 4;

    private readonly ReadOnlyMemory<byte> _items;
    private readonly int _frameLength;

    private FrameBatch(byte rateClass, int frameLength, int count, ReadOnlyMemory<byte> items)
    {
        RateClass = rateClass;
        Count = count;
        _frameLength = frameLength;
        _items = items;
    }

    /// <summary>The class that was drawn.</summary>
    public byte RateClass { get; }

    /// <summary>How many streams the class has.</summary>
    public int Count { get; }

    /// <summary>A frame by its place in the batch.</summary>
    public StreamFrame this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            ReadOnlyMemory<byte> item = _items.Slice(index * (StreamNumberLength + _frameLength), StreamNumberLength + _frameLength);
            return new StreamFrame(BinaryPrimitives.ReadUInt32LittleEndian(item.Span), item[StreamNumberLength..]);
        }
    }

    /// <inheritdoc/>
    public IEnumerator<StreamFrame> GetEnumerator()
    {
        for (int i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Decodes; the frames stay where they are.</summary>
    /// <exception cref="LinkException">The payload is malformed.</exception>
    public static FrameBatch Read(ReadOnlyMemory<byte> payload)
    {
        var reader = new PayloadReader(payload.Span);
        byte rateClass = reader.Byte();
        uint frameLength = reader.UInt32();
        uint count = reader.UInt32();
        if (frameLength > LinkLimits.MaxFrame || (ulong)reader.Remaining != count * (ulong)(StreamNumberLength + frameLength))
            throw new LinkException(LinkErrorCode.MalformedMessage, "A frame batch has an inconsistent length.");
        return new FrameBatch(rateClass, (int)frameLength, (int)count, payload[HeaderLength..]);
    }
}
