using System.Buffers.Text;
using DarkPool.Protocol.Reports;

namespace DarkPool.Protocol.Sessions;

/// <summary>A client's request for a report stream. It lives until the stream's first event brings the enclave's random.</summary>
public sealed class StreamRequest
{
    private readonly SessionKeys _keys;
    private readonly ulong _session;
    private readonly RateClass _rateClass;
    private readonly byte[] _token;

    private StreamRequest(SessionKeys keys, ulong session, RateClass rateClass, ulong nextReport, byte[] token)
    {
        _keys = keys;
        _session = session;
        _rateClass = rateClass;
        _token = token;
        NextReport = nextReport;
    }

    /// <summary>Number of the next report wanted.</summary>
    public ulong NextReport { get; }

    /// <summary>The attach token, 56 bytes.</summary>
    public ReadOnlyMemory<byte> Token => _token;

    /// <summary>The token as the query of <c>GET /v1/reports</c> carries it: base64url without padding.</summary>
    public string TokenText => Base64Url.EncodeToString(_token);

    /// <summary>Makes what opens the frames of the stream.</summary>
    /// <param name="enclaveRandom">The 32 bytes of the stream's first event.</param>
    /// <returns>The opener; the caller disposes it.</returns>
    public FrameOpener Open(ReadOnlySpan<byte> enclaveRandom) =>
        new(new StreamKeys(_keys, _token.AsSpan(0, AttachToken.RandomSize), enclaveRandom), _session, _rateClass);

    internal static StreamRequest Create(
        SessionKeys keys, ulong session, RateClass rateClass, ulong nextReport, ReadOnlySpan<byte> clientRandom)
    {
        if (session == 0) throw new InvalidOperationException("A session has a report stream only after its hello is in a block.");
        return new StreamRequest(keys, session, rateClass, nextReport, AttachToken.Seal(keys, session, nextReport, clientRandom));
    }
}
