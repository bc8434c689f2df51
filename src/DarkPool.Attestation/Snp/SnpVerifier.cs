using DarkPool.Attestation.Certificates;

namespace DarkPool.Attestation.Snp;

/// <summary>
/// Verifies a SEV-SNP report up to AMD's root: ARK, ASK (or ASVK), VCEK (or VLEK), signature, TCB and chip against the certificate.
/// </summary>
internal static class SnpVerifier
{
    private const int ChainLength = 3;

    public static EvidenceFacts? Read(ReadOnlyMemory<byte> bytes, SnpCertificates certificates, VerificationContext context)
    {
        var findings = context.Findings;
        var refusal = SnpReport.TryRead(bytes, out var report);
        if (refusal != Refusal.None) return findings.Refuse<EvidenceFacts>(refusal, "report", "cannot be read");
        findings.Pass("report", $"SEV-SNP version {report.Version}");

        if (TryVerifyChain(certificates, context) is not { } leaf) return null;
        if (!EndorsementKey.TryRead(leaf, out var key) || key.IsVlek != (report.SigningKey == 1))
            return findings.Refuse<EvidenceFacts>(Refusal.NotEndorsementKey, "endorsement key", "not the key that the report names");

        Span<byte> signature = stackalloc byte[2 * EcdsaKey.P384Length];
        if (!report.TryGetSignature(signature) || !EcdsaKey.Verify(leaf.Key.Point.Span, report.Signed, signature))
            return findings.Refuse<EvidenceFacts>(Refusal.ReportSignatureInvalid, "report signature", "not by the endorsement key");
        findings.Pass("report signature", $"by the {NameOf(key)}");

        if (key.Product is not { } product)
            return findings.Refuse<EvidenceFacts>(Refusal.EkExtensionMissing, "product", "not named by the certificate");
        if (SnpTcb.OfProduct(product) is not { } layout || !layout.Fits(report))
            return findings.Refuse<EvidenceFacts>(Refusal.UnsupportedProduct, "product", "its TCB layout is not known");
        refusal = key.CheckTcb(layout, report.ReportedTcb);
        if (refusal != Refusal.None) return findings.Refuse<EvidenceFacts>(refusal, "reported TCB", "not the one that is endorsed");
        refusal = key.CheckChip(layout, report);
        if (refusal != Refusal.None) return findings.Refuse<EvidenceFacts>(refusal, "chip", "not the one that is endorsed");
        findings.Pass("endorsement", $"of TCB {report.ReportedTcb:x16} of a {product}");
        return Facts(report, key, product, layout, context.Window);
    }

    /// <summary>The report's measurements by name.</summary>
    public static IReadOnlyDictionary<string, string> Measurements(SnpReport report) => new Dictionary<string, string>
    {
        ["measurement"] = Convert.ToHexStringLower(report.Measurement),
        ["hostdata"] = Convert.ToHexStringLower(report.HostData),
        ["idkeydigest"] = Convert.ToHexStringLower(report.IdKeyDigest),
        ["authorkeydigest"] = Convert.ToHexStringLower(report.AuthorKeyDigest),
        ["familyid"] = Convert.ToHexStringLower(report.FamilyId),
        ["imageid"] = Convert.ToHexStringLower(report.ImageId),
    };

    /// <summary>What the report alone says that is remarkable; whether its chip is masked depends on the key too.</summary>
    public static EvidenceFlags FlagsOf(SnpReport report) =>
        (report.IsDebug ? EvidenceFlags.Debug : 0)
        | (report.Vmpl != 0 ? EvidenceFlags.VmplNonzero : 0)
        | (report.MigrationAgentAllowed ? EvidenceFlags.MigrationAgent : 0);

    private static Certificate? TryVerifyChain(SnpCertificates certificates, VerificationContext context)
    {
        const string Subject = "endorsement chain";
        var findings = context.Findings;
        if (certificates.TryGetChain() is not { } chain)
            return findings.Refuse<Certificate>(Refusal.CertMalformed, Subject, "a certificate is missing or not readable");
        var refusal = CertificatePath.Check(chain, ChainLength, TrustAnchors.Amd(context.Policy), context.Now);
        if (refusal != Refusal.None) return findings.Refuse<Certificate>(refusal, Subject, "does not lead to AMD's root");
        foreach (var certificate in chain) context.Window.Include(certificate.NotBefore, certificate.NotAfter);
        findings.Pass(Subject, $"leads to {chain[2].SubjectCommonName}");

        // AMD publishes its list rarely and apart from the reports, so it is checked when it is there.
        if (certificates.ArkCrl is not { } crl) return chain[0];
        if (!RevocationCheck.TryLoad("ARK CRL", crl, chain[2], context, out var revocations)) return null;
        return revocations!.Revokes(chain[1])
            ? findings.Refuse<Certificate>(Refusal.CertRevoked, Subject, "the intermediate authority is revoked")
            : chain[0];
    }

    private static string NameOf(EndorsementKey key) => key.IsVlek ? "VLEK" : "VCEK";

    private static EvidenceFacts Facts(SnpReport report, EndorsementKey key, string product, SnpTcb layout, ValidityWindow window)
    {
        var flags = FlagsOf(report) | (key.IsMasked(report) ? EvidenceFlags.ChipMasked : 0);
        var numbers = new Dictionary<string, ulong> { ["guestsvn"] = report.GuestSvn, ["vmpl"] = report.Vmpl };
        foreach (var part in layout.Parts) numbers[part.Name] = part.Of(report.ReportedTcb);
        return new EvidenceFacts
        {
            Kind = EvidenceKind.Snp,
            Version = (int)report.Version,
            ReportData = report.ReportData,
            Measurements = Measurements(report),
            Numbers = numbers,
            Flags = flags,
            TcbStatus = TcbStatus.UpToDate,
            ChipId = report.ChipId.ContainsAnyExcept((byte)0) ? Convert.ToHexStringLower(report.ChipId) : null,
            ValidFrom = window.From,
            ValidTo = window.To,
            Amd = new AmdFacts
            {
                SigningKey = NameOf(key),
                Product = product,
                ReportedTcb = report.ReportedTcb,
                CommittedTcb = report.CommittedTcb,
                LaunchTcb = report.LaunchTcb,
                Policy = report.Policy,
                PlatformInfo = report.PlatformInfo,
                Cpuid = [.. report.Cpuid.ToArray().Select(value => (int)value)],
                ReportId = Convert.ToHexStringLower(report.ReportId),
            },
        };
    }
}
