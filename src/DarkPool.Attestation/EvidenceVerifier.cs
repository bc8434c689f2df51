using System.Security.Cryptography;
using DarkPool.Attestation.Policies;
using DarkPool.Attestation.Simulated;

namespace DarkPool.Attestation;

/// <summary>
/// Judges evidence (RFC 9334: verifier and relying party in one). Pure: time and collateral are given, nothing is fetched.
/// </summary>
public static class EvidenceVerifier
{
    /// <summary>
    /// Verifies evidence up to its maker's root and holds what it says against a policy. Never throws for what evidence or
    /// collateral contain, and never accepts because something failed.
    /// </summary>
    /// <param name="evidence">Untrusted.</param>
    /// <param name="policy">What is accepted.</param>
    /// <param name="expectedReportData">The <see cref="Evidence.ReportDataLength"/> bytes that the evidence must bind.</param>
    /// <param name="now">The instant at which certificates and collateral are judged.</param>
    /// <param name="collateral">What the maker of the hardware publishes; untrusted. Simulated evidence needs none.</param>
    public static Verdict Verify(
        Evidence evidence,
        AttestationPolicy policy,
        ReadOnlySpan<byte> expectedReportData,
        DateTimeOffset now,
        Collateral? collateral = null)
    {
        Evidence.RequireReportData(expectedReportData);
        var findings = new Findings();
        var facts = Authenticate(evidence, policy, now, collateral, findings);
        if (facts is null) return Verdict.Refuse(findings.Refusal, findings.Detail, null, findings.Checks);

        if (!CryptographicOperations.FixedTimeEquals(facts.ReportData.Span, expectedReportData))
        {
            findings.Refuse(Refusal.ReportDataMismatch, "report data", "binds other keys or another nonce than expected");
            return Verdict.Refuse(findings.Refusal, findings.Detail, facts, findings.Checks);
        }

        findings.Pass("report data", "binds what was expected");
        return PolicyJudge.Allows(facts, policy, now, findings)
            ? Verdict.Accept(facts, findings.Checks)
            : Verdict.Refuse(findings.Refusal, findings.Detail, facts, findings.Checks);
    }

    private static EvidenceFacts? Authenticate(
        Evidence evidence, AttestationPolicy policy, DateTimeOffset now, Collateral? collateral, Findings findings)
    {
        if (!policy.Providers.Contains(evidence.Provider))
            return findings.Refuse(Refusal.ProviderNotAllowed, "provider", $"policy '{policy.Name}' does not allow it");
        findings.Pass("provider", $"'{evidence.Provider}' is allowed by policy '{policy.Name}'");
        if (evidence.Bytes.Length > Evidence.MaxLength)
            return findings.Refuse(Refusal.EvidenceTooLong, "evidence", $"longer than {Evidence.MaxLength} bytes");

        _ = collateral;
        return evidence.Provider switch
        {
            SimulatedProvider.ProviderName => SimulatedVerifier.Read(evidence.Bytes, policy, now, findings),
            _ => findings.Refuse(Refusal.ProviderUnknown, "provider", "no verifier knows it"),
        };
    }
}
