using System.Collections.Concurrent;
using DarkPool.Host.Http;
using DarkPool.Protocol.Link;
using DarkPool.Protocol.Reports;

namespace DarkPool.Host.Reports;

/// <summary>
/// The open report streams by the enclave's number. Attaching and drawing exclude each other, so that a stream is known here before the
/// enclave can put a frame of it into a batch: the client sees frames from number 0 on.
/// </summary>
internal sealed class StreamDirectory(Telemetry.HostMetrics metrics) : IDisposable
{
    private readonly ConcurrentDictionary<uint, ReportStream>[] _streams =
        [.. Enumerable.Range(0, (int)RateClass.Fast + 1).Select(_ => new ConcurrentDictionary<uint, ReportStream>())];

    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Open streams of a class.</summary>
    internal int Count(RateClass rateClass) => _streams[(int)rateClass].Count;

    /// <summary>Opens a stream; the previous one of the same session ends.</summary>
    /// <exception cref="LinkException">The enclave is gone.</exception>
    internal async Task<Answer<ReportStream>> AttachAsync(
        EnclaveLink enclave, ulong session, ReadOnlyMemory<byte> token, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var answer = await enclave.AttachAsync(session, token, CancellationToken.None);
            if (answer.Outcome == AttachOutcome.TooManyStreams) return Problems.TooManyStreams;
            if (answer.Outcome != AttachOutcome.Attached) return Problems.AttachRefused;
            if (answer.EndedStream != 0) Find(answer.EndedStream)?.End();
            var stream = new ReportStream(answer.Stream, answer.RateClass, answer.EnclaveRandom);
            _streams[answer.RateClass][answer.Stream] = stream;
            return stream;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Draws one frame of every stream of a class and hands each to its connection.</summary>
    /// <exception cref="LinkException">The enclave is gone.</exception>
    internal async Task DrawAsync(EnclaveLink enclave, RateClass rateClass, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var streams = _streams[(int)rateClass];
            var frames = await enclave.DrawAsync((byte)rateClass, CancellationToken.None);
            for (var i = 0; i < frames.Count; i++)
            {
                var frame = frames[i];
                if (streams.TryGetValue(frame.Stream, out var stream) && !stream.Offer(frame.Bytes.Span)) metrics.StreamDropped(rateClass);
            }

            metrics.FramesSent(rateClass, frames.Count);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Forgets a stream whose client is gone and tells the enclave, unless that is gone too.</summary>
    internal async Task CloseAsync(EnclaveLink enclave, ReportStream stream)
    {
        _streams[stream.RateClass].TryRemove(stream.Number, out _);
        stream.Dispose();
        try
        {
            await enclave.DetachAsync(stream.Number);
        }
        catch (LinkException)
        {
            // Its streams went with it.
        }
    }

    /// <summary>Ends every stream: the enclave is gone, or the host drains. Clients attach again.</summary>
    internal void EndAll()
    {
        foreach (var streams in _streams)
        {
            foreach (var stream in streams.Values) stream.End();
        }
    }

    public void Dispose() => _turn.Dispose();

    private ReportStream? Find(uint number)
    {
        foreach (var streams in _streams)
        {
            if (streams.TryGetValue(number, out var stream)) return stream;
        }

        return null;
    }
}
