using DarkPool.Attestation.Policies;

namespace DarkPool.Attestation.Collaterals;

/// <summary>Verifies evidence with the collateral that a source has for it.</summary>
public sealed class CollateralResolver(ICollateralSource source)
{
    /// <summary>Fetches what the evidence needs, then <see cref="EvidenceVerifier.Verify"/>.</summary>
    /// <exception cref="IOException">The source failed; nothing was judged.</exception>
    public async Task<Verdict> VerifyAsync(
        Evidence evidence,
        AttestationPolicy policy,
        ReadOnlyMemory<byte> expectedReportData,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        // What the policy refuses unread is not worth a request.
        var needs = policy.Providers.Contains(evidence.Provider) ? CollateralNeeds.TryRead(evidence) : null;
        var collateral = needs is null ? null : await source.GetAsync(needs, cancellationToken);
        return EvidenceVerifier.Verify(evidence, policy, expectedReportData.Span, now, collateral);
    }
}
