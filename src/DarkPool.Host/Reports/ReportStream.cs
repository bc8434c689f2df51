using System.Buffers;
using System.Threading.Channels;

namespace DarkPool.Host.Reports;

/// <summary>
/// One client's report stream on its way from the pacer to the response: a short queue of sealed frames in pooled arrays. A client that
/// falls behind by more than the queue loses its stream and attaches again; a venue does not hold memory for it.
/// </summary>
internal sealed class ReportStream : IDisposable
{
    /// <summary>Frames that a slow client may owe: 0.64 s in the fastest class, a minute in the slowest.</summary>
    internal const int MaxQueuedFrames = 64;

    private readonly Channel<PooledFrame> _frames = Channel.CreateBounded<PooledFrame>(
        new BoundedChannelOptions(MaxQueuedFrames) { SingleReader = true, SingleWriter = false });

    internal ReportStream(uint number, byte rateClass, byte[] enclaveRandom)
    {
        Number = number;
        RateClass = rateClass;
        EnclaveRandom = enclaveRandom;
    }

    /// <summary>The enclave's number of the stream.</summary>
    internal uint Number { get; }

    /// <summary>Rate class of its session.</summary>
    internal byte RateClass { get; }

    /// <summary>What the client needs to derive the stream's key; public.</summary>
    internal byte[] EnclaveRandom { get; }

    /// <summary>Queues a copy of a frame; false if the client is too slow, and then the stream is over.</summary>
    internal bool Offer(ReadOnlySpan<byte> frame)
    {
        var pooled = ArrayPool<byte>.Shared.Rent(frame.Length);
        frame.CopyTo(pooled);
        if (_frames.Writer.TryWrite(new PooledFrame(pooled, frame.Length))) return true;
        ArrayPool<byte>.Shared.Return(pooled);
        End();
        return false;
    }

    /// <summary>No more frames come; what is queued is still sent.</summary>
    internal void End() => _frames.Writer.TryComplete();

    /// <summary>Writes frames as server-sent events until the stream ends or the client leaves.</summary>
    internal async Task CopyToAsync(ServerSentEvents events, CancellationToken cancellationToken)
    {
        await events.WriteStreamStartAsync(EnclaveRandom, cancellationToken);
        var number = 0UL;
        while (await _frames.Reader.WaitToReadAsync(cancellationToken))
        {
            while (_frames.Reader.TryRead(out var frame))
            {
                events.AppendFrame(number++, frame.Bytes.AsSpan(0, frame.Length));
                ArrayPool<byte>.Shared.Return(frame.Bytes);
            }

            await events.FlushAsync(cancellationToken);
        }
    }

    /// <summary>Gives back what nobody read.</summary>
    public void Dispose()
    {
        End();
        while (_frames.Reader.TryRead(out var frame)) ArrayPool<byte>.Shared.Return(frame.Bytes);
    }

    private readonly record struct PooledFrame(byte[] Bytes, int Length);
}
