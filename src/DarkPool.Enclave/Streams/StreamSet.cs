using System.Security.Cryptography;
using DarkPool.Enclave.Opening;
using DarkPool.Enclave.Sessions;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Link;
using DarkPool.Protocol.Reports;
using DarkPool.Protocol.Sessions;

namespace DarkPool.Enclave.Streams;

/// <summary>The attached report streams. Live only: a restarted enclave has none, clients attach again.</summary>
internal sealed class StreamSet : IDisposable
{
    private static readonly RateClass[] Classes = [RateClass.Slow, RateClass.Medium, RateClass.Fast];

    private readonly Dictionary<uint, ReportStream> _byNumber = [];
    private readonly Dictionary<RateClass, List<ReportStream>> _byClass = Classes.ToDictionary(c => c, _ => new List<ReportStream>());
    private readonly FrameDraw _draw = new();
    private uint _lastNumber;

    public int Count => _byNumber.Count;

    /// <summary>Opens a stream of a session with its client's token; ends the one that it had.</summary>
    public AttachAnswer Attach(Session? session, ReadOnlySpan<byte> token)
    {
        if (session is null) return Refused(AttachOutcome.UnknownSession);
        if (!AttachToken.TryOpen(session.Keys, session.Number, token, out var next, out var clientRandom))
            return Refused(AttachOutcome.BadToken);

        var ended = session.Stream;
        if (ended is not null) Detach(ended.Number);
        var enclaveRandom = RandomNumberGenerator.GetBytes(Bytes32.Size);
        var stream = new ReportStream(
            session,
            new ReportStreamSealer(session.Keys, session.Number, session.RateClass, ++_lastNumber, clientRandom,
                new Bytes32(enclaveRandom)));
        session.Stream = stream;
        session.Outbox.ReadFrom(next);
        stream.Place = _byClass[stream.RateClass].Count;
        _byClass[stream.RateClass].Add(stream);
        _byNumber.Add(stream.Number, stream);
        return new AttachAnswer(AttachOutcome.Attached, stream.Number, enclaveRandom, (byte)stream.RateClass, ended?.Number ?? 0);
    }

    /// <summary>Ends a stream; one that does not exist is no error.</summary>
    public void Detach(uint number)
    {
        if (!_byNumber.Remove(number, out var stream)) return;
        var streams = _byClass[stream.RateClass];
        streams[^1].Place = stream.Place;
        streams[stream.Place] = streams[^1];
        streams.RemoveAt(streams.Count - 1);
        stream.Session.Stream = null;
        stream.Dispose();
    }

    /// <summary>Exactly one frame of every stream of a class.</summary>
    /// <returns>The payload of the answer; valid until the next draw.</returns>
    public ReadOnlyMemory<byte> Draw(Crew crew, RateClass rateClass, ulong committedBlock) =>
        _draw.Run(crew, rateClass, _byClass[rateClass], committedBlock);

    public void Dispose()
    {
        foreach (var stream in _byNumber.Values) stream.Dispose();
        _byNumber.Clear();
    }

    private static AttachAnswer Refused(AttachOutcome outcome) => new(outcome, 0, new byte[32], 0, 0);
}
