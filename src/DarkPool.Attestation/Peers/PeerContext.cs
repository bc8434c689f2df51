using DarkPool.Attestation.Collaterals;
using DarkPool.Attestation.Policies;

namespace DarkPool.Attestation.Peers;

/// <summary>What an enclave brings to a handshake with another one.</summary>
public sealed class PeerContext
{
    /// <summary>Both sides must name the same venue: 32 bytes.</summary>
    public required ReadOnlyMemory<byte> VenueId { get; init; }

    /// <summary>Attests this side.</summary>
    public required IEvidenceProvider Provider { get; init; }

    /// <summary>What the other side must be.</summary>
    public required AttestationPolicy Policy { get; init; }

    /// <summary>The time at which the other side is judged.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Collateral for the other side's evidence; null where its kind needs none.</summary>
    public ICollateralSource? Collateral { get; init; }

    private static ReadOnlySpan<byte> Domain => "darkpool/v1/peer"u8;

    internal byte[] Prologue() => [.. Domain, .. VenueId.Span];

    internal async Task<byte[]> AttestAsync(byte role, byte[] handshakeHash, CancellationToken cancellationToken) =>
        PeerEvidence.Encode(await Provider.GetEvidenceAsync(PeerReportData.Of(role, handshakeHash), cancellationToken));

    /// <summary>Judges the other side; null if its message is not evidence.</summary>
    internal async Task<Verdict?> JudgeAsync(byte[] payload, byte role, byte[] handshakeHash, CancellationToken cancellationToken)
    {
        if (PeerEvidence.TryDecode(payload) is not { } evidence) return null;
        var expected = PeerReportData.Of(role, handshakeHash);
        var now = Clock.GetUtcNow();
        return Collateral is null
            ? EvidenceVerifier.Verify(evidence, Policy, expected, now)
            : await new CollateralResolver(Collateral).VerifyAsync(evidence, Policy, expected, now, cancellationToken);
    }
}
