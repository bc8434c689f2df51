using DarkPool.Enclave.Sessions;
using DarkPool.Protocol.Reports;
using DarkPool.Protocol.Sessions;

namespace DarkPool.Enclave.Streams;

/// <summary>An attached report stream: a session's outbox, read by frames.</summary>
internal sealed class ReportStream : IDisposable
{
    private readonly ReportStreamSealer _sealer;

    public ReportStream(Session session, ReportStreamSealer sealer)
    {
        Session = session;
        _sealer = sealer;
    }

    public Session Session { get; }

    public uint Number => _sealer.Stream;

    public RateClass RateClass => _sealer.RateClass;

    /// <summary>Place in the list of its class.</summary>
    public int Place { get; set; }

    /// <summary>
    /// Fills the next frame with as many whole reports as are free to leave, and seals it. Always writes the whole frame.
    /// </summary>
    /// <param name="frame">Exactly a frame's bytes.</param>
    /// <param name="committedBlock">Reports of later blocks stay inside.</param>
    public void WriteFrame(Span<byte> frame, ulong committedBlock)
    {
        var packing = new ReportFrame(ReportStreamSealer.PlaintextOf(frame));
        while (true)
        {
            var run = Session.Outbox.TakeRun(packing.Free, committedBlock);
            if (run.IsEmpty || !packing.TryAppend(run)) break;
        }

        packing.Complete();
        _sealer.Seal(frame);
    }

    public void Dispose() => _sealer.Dispose();
}
