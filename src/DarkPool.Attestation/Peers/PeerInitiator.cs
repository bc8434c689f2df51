namespace DarkPool.Attestation.Peers;

/// <summary>
/// The enclave that asks another one for a channel. Three messages: ephemeral key; ephemeral key and the responder's evidence; the
/// initiator's evidence. Each piece of evidence binds the handshake up to it, so a quote that is relayed or replayed does not fit.
/// </summary>
public sealed class PeerInitiator(PeerContext context) : IDisposable
{
    private readonly NoiseHandshake _handshake = new(initiator: true, context.Prologue());
    private bool _answered;

    /// <summary>Message 1.</summary>
    public byte[] Start() => _handshake.WriteFirst([]);

    /// <summary>Judges message 2; gives message 3 and the channel, or a refusal.</summary>
    /// <exception cref="InvalidOperationException">This handshake has had its answer.</exception>
    /// <exception cref="IOException">The own platform or the source of collateral failed.</exception>
    public async Task<PeerResult> FinishAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (_answered) throw new InvalidOperationException("A handshake takes one answer.");
        _answered = true;
        if (!_handshake.TryReadSecondKey(message.Span)) return PeerResult.Refuse("not a handshake message");
        var hashOfKeys = _handshake.Hash.ToArray();
        if (_handshake.TryReadSecondPayload(message.Span) is not { } payload) return PeerResult.Refuse("not sealed for this handshake");
        var verdict = await context.JudgeAsync(payload, PeerReportData.Responder, hashOfKeys, cancellationToken);
        if (verdict is null) return PeerResult.Refuse("not evidence");
        if (!verdict.Accepted) return PeerResult.Refuse(verdict.ToString(), verdict);

        var own = await context.AttestAsync(PeerReportData.Initiator, _handshake.Hash.ToArray(), cancellationToken);
        var (sending, receiving) = _handshake.Split();
        return PeerResult.Done(sending.Seal([], own), new PeerChannel(sending, receiving), verdict);
    }

    /// <summary>Wipes the ephemeral key.</summary>
    public void Dispose() => _handshake.Dispose();
}
