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

    /// <summary>
    /// What the other side must be. Its hash goes into this side's evidence: whoever hands keys over judges by it whom they may reach next.
    /// </summary>
    public required AttestationPolicy Policy { get; init; }

    /// <summary>The time at which the other side is judged.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Collateral for the other side's evidence; null where its kind needs none.</summary>
    public ICollateralSource? Collateral { get; init; }

    private static ReadOnlySpan<byte> Domain => "darkpool/v1/peer"u8;

    internal byte[] Prologue() => [.. Domain, .. VenueId.Span];

    internal async Task<byte[]> AttestAsync(byte role, byte[] handshakeHash, CancellationToken cancellationToken)
    {
        var policyHash = Policy.Hash;
        var reportData = PeerReportData.Of(role, policyHash.Span, handshakeHash);
        return new PeerEvidence(await Provider.GetEvidenceAsync(reportData, cancellationToken), policyHash).Encode();
    }

    /// <summary>Judges the other side; null if its message is not evidence.</summary>
    internal async Task<Verdict?> JudgeAsync(byte[] payload, byte role, byte[] handshakeHash, CancellationToken cancellationToken)
    {
        if (PeerEvidence.TryDecode(payload) is not { } peer) return null;
        var expected = PeerReportData.Of(role, peer.PolicyHash.Span, handshakeHash);
        var now = Clock.GetUtcNow();
        var verdict = Collateral is null
            ? EvidenceVerifier.Verify(peer.Evidence, Policy, expected, now)
            : await new CollateralResolver(new SignedCollateral(Collateral)).VerifyAsync(
                peer.Evidence, Policy, expected, now, cancellationToken);
        return PeerPolicyJudge.Judge(verdict, Policy, peer.PolicyHash.Span);
    }

    /// <summary>
    /// What its maker signed. ROFL registrations are not, and an enclave's collateral comes through its host, which could invent one: among
    /// peers such an application is known by its evidence key alone.
    /// </summary>
    private sealed class SignedCollateral(ICollateralSource source) : ICollateralSource
    {
        public async ValueTask<Collateral> GetAsync(CollateralNeeds needs, CancellationToken cancellationToken) =>
            await source.GetAsync(needs, cancellationToken) with { RoflInstances = null };
    }
}
