using DarkPool.Attestation.Peers;

namespace DarkPool.Attestation.Testing.Peers;

/// <summary>
/// A party between two enclaves that has no enclave of its own: it runs a handshake with each of them and passes on the evidence of one to
/// the other.
/// </summary>
internal sealed class PeerRelay(byte[] venueId) : IDisposable
{
    private readonly NoiseHandshake _toGiver = new(initiator: true, Prologue(venueId));
    private readonly NoiseHandshake _toJoiner = new(initiator: false, Prologue(venueId));

    /// <summary>Message 1, to the enclave that has the keys.</summary>
    public byte[] Hello() => _toGiver.WriteFirst([]);

    /// <summary>The evidence in that enclave's message 2.</summary>
    public byte[] EvidenceIn(byte[] answer) => _toGiver.TryReadSecondKey(answer)
        ? _toGiver.TryReadSecondPayload(answer) ?? throw new InvalidOperationException("The answer does not open.")
        : throw new InvalidOperationException("The answer is none.");

    /// <summary>Message 2 to the joining enclave, with evidence that is not the relay's.</summary>
    public byte[] AnswerTo(byte[] hello, byte[] evidence)
    {
        _toJoiner.TryReadFirst(hello, out var joiner);
        return [.. _toJoiner.TryBeginSecond(joiner!)!, .. _toJoiner.EndSecond(evidence)];
    }

    /// <summary>Message 3 to the enclave that has the keys, with evidence that is not the relay's.</summary>
    public byte[] ProofOf(byte[] evidence)
    {
        var (sending, receiving) = _toGiver.Split();
        using (sending)
        using (receiving) return sending.Seal([], evidence);
    }

    public void Dispose()
    {
        _toGiver.Dispose();
        _toJoiner.Dispose();
    }

    private static byte[] Prologue(byte[] venueId) => [.. "darkpool/v1/peer"u8, .. venueId];
}
