using DarkPool.Enclave.Keys;
using DarkPool.Enclave.Sessions;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Envelopes;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Sessions;

namespace DarkPool.Enclave.Opening;

/// <summary>
/// Opens one envelope, on any thread. What comes out depends only on the envelope and the key of its session or epoch, never on when it
/// was opened.
/// </summary>
internal sealed class EnvelopeOpener
{
    private readonly SessionTable _sessions;
    private readonly KeyEpochRing _epochs;
    private readonly Bytes32 _venueId;

    public EnvelopeOpener(SessionTable sessions, KeyEpochRing epochs, in Bytes32 venueId)
    {
        _sessions = sessions;
        _epochs = epochs;
        _venueId = venueId;
    }

    /// <summary>Opens a command in place, or a hello beside it.</summary>
    public EntryState Open(Span<byte> envelope, out OpenedHello? hello)
    {
        hello = null;
        if (!EnvelopeHeader.TryRead(envelope, out var header) || envelope.Length != header.TotalSize) return EntryState.NotAnEnvelope;
        if (header.Kind == EnvelopeKind.Hello) return OpenHello(envelope, header, out hello);

        if (_sessions.Find(header.Session) is not { } session) return EntryState.UnknownSession;
        if (header.KeyEpoch != session.KeyEpoch) return EntryState.UnknownKeyEpoch;
        var plaintext = PlaintextOf(envelope);
        if (!CommandOpener.TryOpen(session.Keys, header, envelope, plaintext)) return EntryState.BadSeal;
        return CommandHeader.TryRead(plaintext, out _, out _) ? EntryState.Command : EntryState.Malformed;
    }

    /// <summary>Where the plaintext of an opened command lies.</summary>
    public static Span<byte> PlaintextOf(Span<byte> envelope) => envelope[EnvelopeHeader.Size..^EnvelopeLimits.TagSize];

    private EntryState OpenHello(ReadOnlySpan<byte> envelope, in EnvelopeHeader header, out OpenedHello? hello)
    {
        hello = null;
        var key = _epochs.Find(header.KeyEpoch);
        return key is not null && HelloOpener.TryOpen(envelope, key, _venueId, out hello) ? EntryState.Hello : EntryState.BadHello;
    }
}
