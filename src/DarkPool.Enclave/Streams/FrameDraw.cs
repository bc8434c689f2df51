using System.Buffers.Binary;
using DarkPool.Enclave.Opening;
using DarkPool.Protocol.Reports;

namespace DarkPool.Enclave.Streams;

/// <summary>
/// One frame of each stream of a class, written side by side: <c>u8 class ‖ u32 frame length ‖ u32 count ‖ (u32 stream ‖ frame)*</c>.
/// The executor stands still meanwhile, so outboxes do not move.
/// </summary>
internal sealed class FrameDraw : ChunkedJob
{
    private const int HeaderSize = 9;
    private const int NumberSize = 4;

    /// <summary>Streams in a chunk: some ten microseconds of sealing.</summary>
    private const int StreamsPerChunk = 8;

    /// <summary>
    /// With fewer streams the executor draws alone: reports lie in its core's cache, and fetching them from there costs another core more
    /// than sealing them.
    /// </summary>
    private const int LeastForCrew = 128;

    private byte[] _buffer = [];
    private List<ReportStream> _streams = [];
    private int _frameSize;
    private ulong _committedBlock;

    /// <summary>Draws from all of the streams.</summary>
    /// <returns>The payload of the answer; valid until the next draw.</returns>
    public ReadOnlyMemory<byte> Run(Crew crew, RateClass rateClass, List<ReportStream> streams, ulong committedBlock)
    {
        _streams = streams;
        _frameSize = rateClass.FrameBytes();
        _committedBlock = committedBlock;
        var length = HeaderSize + (streams.Count * (NumberSize + _frameSize));
        if (_buffer.Length < length) _buffer = new byte[Math.Max(length, 2 * _buffer.Length)];
        _buffer[0] = (byte)rateClass;
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(1), _frameSize);
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(5), streams.Count);
        var chunks = (streams.Count + StreamsPerChunk - 1) / StreamsPerChunk;
        Arm(chunks);
        if (streams.Count >= LeastForCrew) crew.Post(this, first: true);
        Complete();
        return _buffer.AsMemory(0, length);
    }

    protected override void RunChunk(int chunk)
    {
        var last = Math.Min((chunk + 1) * StreamsPerChunk, _streams.Count);
        for (var place = chunk * StreamsPerChunk; place < last; place++)
        {
            var item = _buffer.AsSpan(HeaderSize + (place * (NumberSize + _frameSize)), NumberSize + _frameSize);
            BinaryPrimitives.WriteUInt32LittleEndian(item, _streams[place].Number);
            _streams[place].WriteFrame(item[NumberSize..], _committedBlock);
        }
    }
}
