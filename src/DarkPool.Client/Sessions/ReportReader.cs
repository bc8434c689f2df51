using System.Buffers;
using System.Buffers.Text;
using System.Net.ServerSentEvents;
using DarkPool.Client.Http;
using DarkPool.Protocol.Reports;
using DarkPool.Protocol.Sessions;

namespace DarkPool.Client.Sessions;

/// <summary>
/// Reads a session's report stream for as long as it takes: attaches, opens frames, hands on reports once and in order, and attaches
/// again with the next report wanted when the stream, the host or the enclave went away.
/// </summary>
internal sealed class ReportReader(ClientSession session, VenueApi api, ReportHandler onReport, TimeProvider time)
{
    /// <summary>Frames come at a constant rate, the slowest once a second: a stream silent for this long is dead.</summary>
    private static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(10);

    private readonly byte[] _frame = new byte[RateClassFigures.MaxFrameBytes];
    private ulong _next = 1;

    /// <summary>Every report up to this number has been handed on.</summary>
    public ulong Received => Volatile.Read(ref _next) - 1;

    /// <summary>Runs until cancelled.</summary>
    /// <exception cref="DarkPoolException">The session is lost, or the venue away for too long.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        RetryPace pace = api.Pace();
        while (true)
        {
            StreamRequest request = session.RequestStream(_next);
            using HttpResponseMessage? answer = await api.TryOpenReportsAsync(session.Number, request.TokenText, cancellation);
            if (answer is not null && await TryReadAsync(answer, request, cancellation))
                pace = api.Pace();
            await VenueApi.WaitAsync(pace, cancellation);
        }
    }

    /// <summary>Reads one stream to its end; false if not even its first frame came.</summary>
    private async Task<bool> TryReadAsync(HttpResponseMessage answer, StreamRequest request, CancellationToken cancellation)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using ITimer timer = time.CreateTimer(_ => silence.Cancel(), null, SilenceLimit, Timeout.InfiniteTimeSpan);
        FrameOpener? opener = null;
        bool progressed = false;
        try
        {
            await using Stream stream = await answer.Content.ReadAsStreamAsync(silence.Token);
            SseParser<int> events = SseParser.Create(stream, (_, data) => Decode(data));
            await foreach (SseItem<int> item in events.EnumerateAsync(silence.Token))
            {
                timer.Change(SilenceLimit, Timeout.InfiniteTimeSpan);
                if (item.EventType == "stream")
                    opener ??= OpenStream(request, _frame.AsSpan(0, item.Data));
                else if (item.EventType == "frame" && opener is not null)
                {
                    TakeFrame(opener, _frame.AsSpan(0, item.Data));
                    progressed = true;
                }
            }
        }
        catch (Exception e) when (TransientFailure.Is(e) && !cancellation.IsCancellationRequested)
        {
            // The stream broke; the next attach goes on where it ended.
        }
        finally
        {
            opener?.Dispose();
        }
        return progressed;
    }

    private int Decode(ReadOnlySpan<byte> base64) =>
        Base64.DecodeFromUtf8(base64, _frame, out _, out int written) == OperationStatus.Done ? written : throw NotSealed();

    private static FrameOpener OpenStream(StreamRequest request, ReadOnlySpan<byte> enclaveRandom) =>
        enclaveRandom.Length == AttachToken.RandomSize ? request.Open(enclaveRandom) : throw NotSealed();

    private void TakeFrame(FrameOpener opener, ReadOnlySpan<byte> frame)
    {
        if (opener.Open(frame, out ReadOnlySpan<byte> reports) != FrameFault.None)
            throw NotSealed();
        while (ReportFrame.TryTake(ref reports, out ReportHeader header, out ReadOnlySpan<byte> body))
        {
            if (header.Number < _next)
                continue;
            if (header.Number > _next)
                throw NotSealed();
            onReport(header, body);
            Volatile.Write(ref _next, _next + 1);
        }
    }

    /// <summary>Whoever carries the stream has damaged it. Like a break, it costs a new attach, not the session.</summary>
    private static IOException NotSealed() => new("The report stream is not what the enclave sealed.");
}
