namespace DarkPool.Attestation.Peers;

/// <summary>The enclave that another one asks for a channel; see <see cref="PeerInitiator"/>.</summary>
public sealed class PeerResponder(PeerContext context) : IDisposable
{
    private readonly NoiseHandshake _handshake = new(initiator: false, context.Prologue());
    private NoiseCipher? _sending;
    private NoiseCipher? _receiving;
    private bool _asked;

    /// <summary>Answers message 1 with message 2, which carries the own evidence.</summary>
    /// <exception cref="InvalidOperationException">This handshake has begun already.</exception>
    /// <exception cref="IOException">The own platform failed.</exception>
    public async Task<PeerResult> AnswerAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (_asked) throw new InvalidOperationException("A handshake begins once.");
        _asked = true;
        if (_handshake.TryReadFirst(message.Span, out var peer) is not { Length: 0 }) return PeerResult.Refuse("not a handshake message");
        if (_handshake.TryBeginSecond(peer!) is not { } key) return PeerResult.Refuse("a low-order key");
        var own = await context.AttestAsync(PeerReportData.Responder, _handshake.Hash.ToArray(), cancellationToken);
        byte[] answer = [.. key, .. _handshake.EndSecond(own)];
        (_sending, _receiving) = _handshake.Split();
        return PeerResult.Send(answer);
    }

    /// <summary>Judges message 3; gives the channel, or a refusal.</summary>
    /// <exception cref="InvalidOperationException">The handshake has not come to this message, or had it.</exception>
    /// <exception cref="IOException">The source of collateral failed.</exception>
    public async Task<PeerResult> AcceptAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (_sending is not { } sending || _receiving is not { } receiving)
            throw new InvalidOperationException("Not the time for message 3.");
        (_sending, _receiving) = (null, null);
        var verdict = receiving.TryOpen([], message.Span) is { } payload
            ? await context.JudgeAsync(payload, PeerReportData.Initiator, _handshake.Hash.ToArray(), cancellationToken)
            : null;
        if (verdict is { Accepted: true }) return PeerResult.Done([], new PeerChannel(sending, receiving), verdict);
        sending.Dispose();
        receiving.Dispose();
        return PeerResult.Refuse(verdict?.ToString() ?? "not evidence sealed for this handshake", verdict);
    }

    /// <summary>Wipes the keys of a handshake that did not lead to a channel.</summary>
    public void Dispose()
    {
        _handshake.Dispose();
        _sending?.Dispose();
        _receiving?.Dispose();
    }
}
