using DarkPool.Attestation.Bundles;
using DarkPool.Attestation.Dcap;
using DarkPool.Attestation.Snp;

namespace DarkPool.Attestation;

/// <summary>Reads bundled hardware evidence: one quote or one report, with what belongs to it.</summary>
internal static class HardwareVerifier
{
    public static EvidenceFacts? Read(ReadOnlyMemory<byte> bytes, VerificationContext context)
    {
        const string Subject = "evidence";
        if (!EvidenceBundle.TryRead(bytes, out var bundle))
            return context.Findings.Refuse<EvidenceFacts>(Refusal.EvidenceMalformed, Subject, "not a bundle");
        var hasQuote = bundle.TryGet(EvidencePart.DcapQuote, out var quote);
        var hasReport = bundle.TryGet(EvidencePart.SnpReport, out var report);
        if (hasQuote == hasReport)
            return context.Findings.Refuse<EvidenceFacts>(Refusal.EvidenceMalformed, Subject, "not exactly one quote or report");
        return hasQuote ? ReadQuote(quote, bundle, context) : ReadReport(report, bundle, context);
    }

    private static EvidenceFacts? ReadQuote(ReadOnlyMemory<byte> quote, EvidenceBundle bundle, VerificationContext context)
    {
        var facts = DcapVerifier.Read(quote, context);
        if (facts is null || !bundle.TryGet(EvidencePart.EventLog, out var log)) return facts;
        return WithEvents(facts, quote, log, context.Findings);
    }

    private static EvidenceFacts? WithEvents(EvidenceFacts facts, ReadOnlyMemory<byte> quote, ReadOnlyMemory<byte> json, Findings findings)
    {
        const string Subject = "event log";
        var refusal = DcapQuote.TryRead(quote, out var read);
        if (read is null || facts.Kind != EvidenceKind.Tdx)
            return findings.Refuse<EvidenceFacts>(Refusal.EventLogMalformed, Subject, $"only a TDX domain has one {refusal}");
        if (!EventLog.TryRead(json, out var log))
            return findings.Refuse<EvidenceFacts>(Refusal.EventLogMalformed, Subject, "cannot be read");
        if (!log.Explains(new TdReport(read.Body)))
            return findings.Refuse<EvidenceFacts>(Refusal.EventLogMismatch, Subject, "does not give the measured registers");
        findings.Pass(Subject, $"{log.RuntimeEvents.Count} runtime events give RTMR3");

        var measurements = new Dictionary<string, string>(facts.Measurements);
        log.AddMeasured(measurements);
        return facts with { Measurements = measurements, RuntimeEvents = log.RuntimeEvents };
    }

    private static EvidenceFacts? ReadReport(ReadOnlyMemory<byte> report, EvidenceBundle bundle, VerificationContext context)
    {
        SnpCertificateTable? table = null;
        if (bundle.TryGet(EvidencePart.SnpCertificates, out var certificates) && !SnpCertificateTable.TryRead(certificates, out table))
            return context.Findings.Refuse<EvidenceFacts>(Refusal.CertMalformed, "certificate table", "cannot be read");
        return SnpVerifier.Read(report, new SnpCertificates(table, context.Collateral), context);
    }
}
