using System.Security.Cryptography;
using DarkPool.Attestation.Dstack;
using DarkPool.Attestation.Policies;
using DarkPool.Attestation.Rofl;
using DarkPool.Attestation.Simulated;
using DarkPool.Attestation.Tsm;

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
        var context = new VerificationContext(policy, collateral ?? new Collateral(), now);
        var findings = context.Findings;
        var facts = Authenticate(evidence, context);
        var accepted = facts is not null && Bound(facts, expectedReportData, findings) && PolicyJudge.Allows(facts, policy, now, findings);
        return accepted
            ? Verdict.Accept(facts!, findings.Checks)
            : Verdict.Refuse(findings.Refusal, findings.Detail, facts, findings.Checks);
    }

    private static bool Bound(EvidenceFacts facts, ReadOnlySpan<byte> expectedReportData, Findings findings)
    {
        const string Subject = "report data";
        if (!CryptographicOperations.FixedTimeEquals(facts.ReportData.Span, expectedReportData))
            return findings.Refuse(Refusal.ReportDataMismatch, Subject, "binds other keys or another nonce than expected");
        findings.Pass(Subject, "binds what was expected");
        return true;
    }

    private static EvidenceFacts? Authenticate(Evidence evidence, VerificationContext context)
    {
        var (policy, findings) = (context.Policy, context.Findings);
        if (!policy.Providers.Contains(evidence.Provider))
            return findings.Refuse<EvidenceFacts>(Refusal.ProviderNotAllowed, "provider", $"policy '{policy.Name}' does not allow it");
        findings.Pass("provider", $"'{evidence.Provider}' is allowed by policy '{policy.Name}'");
        if (evidence.Bytes.Length > Evidence.MaxLength)
            return findings.Refuse<EvidenceFacts>(Refusal.EvidenceTooLong, "evidence", $"longer than {Evidence.MaxLength} bytes");
        try
        {
            return evidence.Provider switch
            {
                SimulatedProvider.ProviderName => SimulatedVerifier.Read(evidence.Bytes, context),
                TsmProvider.ProviderName or DstackProvider.ProviderName => HardwareVerifier.Read(evidence.Bytes, context),
                RoflProvider.ProviderName => RoflVerifier.Read(evidence.Bytes, context),
                _ => findings.Refuse<EvidenceFacts>(Refusal.ProviderUnknown, "provider", "no verifier knows it"),
            };
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A bug here must not become a way to crash whoever looks at evidence, and even less a way to be accepted.
            return findings.Refuse<EvidenceFacts>(Refusal.InternalError, "verifier", exception.GetType().Name);
        }
    }
}
