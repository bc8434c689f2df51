using System.Security.Cryptography;
using DarkPool.Attestation.Certificates;

namespace DarkPool.Attestation.Dcap;

/// <summary>
/// Verifies an SGX or TDX quote up to Intel's root, in the steps and with the decisions of Intel's Quote Verification Library:
/// structure; PCK chain and revocation; QE report, its binding of the attestation key, quote signature; TCB info and QE identity;
/// TDX module; TCB level and merged status.
/// </summary>
internal static class DcapVerifier
{
    public static EvidenceFacts? Read(ReadOnlyMemory<byte> bytes, VerificationContext context)
    {
        var findings = context.Findings;
        var refusal = DcapQuote.TryRead(bytes, out var quote);
        if (quote is null) return findings.Refuse<EvidenceFacts>(refusal, "quote", "cannot be read");
        findings.Pass("quote", $"version {quote.Header.Version}, {quote.BodyType}, {quote.TrailingLength} bytes after it ignored");

        var chain = PckChain.TryVerify(quote.PckCertificates, context);
        if (chain is null || !SignaturesHold(quote, chain.Pck, findings)) return null;

        var documents = TcbCollateral.TryVerify(chain, context);
        if (documents is null || !documents.IsFor(quote.Header.IsTdx, chain.Pck, findings)) return null;

        var assessment = Assess(quote, chain.Pck, documents, findings);
        return assessment is null ? null : DcapFacts.Of(quote, chain.Pck, documents, assessment, context.Window);
    }

    private static bool SignaturesHold(DcapQuote quote, PckCertificate pck, Findings findings)
    {
        if (!EcdsaKey.Verify(pck.Certificate.Key.Point.Span, quote.QeReport.Span, quote.QeReportSignature.Span))
            return findings.Refuse(Refusal.QeReportSignatureInvalid, "QE report", "not signed by the PCK key");

        Span<byte> bound = stackalloc byte[2 * SHA256.HashSizeInBytes];
        bound.Clear();
        using (var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
        {
            hash.AppendData(quote.AttestationKey.Span);
            hash.AppendData(quote.AuthData.Span);
            hash.GetHashAndReset(bound);
        }

        if (!new EnclaveReport(quote.QeReport).ReportData.Span.SequenceEqual(bound))
            return findings.Refuse(Refusal.QeReportDataMismatch, "QE report", "binds another attestation key");
        findings.Pass("QE report", "signed by the PCK key, binds the attestation key");

        if (!EcdsaKey.Verify(quote.AttestationKey.Span, quote.Signed.Span, quote.Signature.Span))
            return findings.Refuse(Refusal.QuoteSignatureInvalid, "quote signature", "does not verify under the attestation key");
        findings.Pass("quote signature", "by the attestation key");
        return true;
    }

    private static TcbAssessment? Assess(DcapQuote quote, PckCertificate pck, TcbCollateral documents, Findings findings)
    {
        var qeReport = new EnclaveReport(quote.QeReport);
        if (!documents.QeIdentity.IsOf(qeReport))
            return findings.Refuse<TcbAssessment>(Refusal.QeIdentityMismatch, "quoting enclave", "is not the one of the QE identity");

        TcbAssessment? assessment = null;
        var refusal = Refusal.TcbNotSupported;
        if (documents.QeIdentity.Match(qeReport.IsvSvn) is { } qeLevel)
        {
            refusal = quote.Header.IsTdx
                ? TcbAssessment.TryAssessTdx(documents.TcbInfo, pck, new TdReport(quote.Body), qeLevel, out assessment)
                : TcbAssessment.TryAssessSgx(documents.TcbInfo, pck, qeLevel, out assessment);
        }

        if (assessment is null)
            return findings.Refuse<TcbAssessment>(refusal, "TCB level", "none known that the platform and its module reach");

        findings.Pass("TCB level", $"{assessment.Status} (platform {assessment.Platform.Status} of {assessment.Platform.Date:yyyy-MM-dd})");
        return assessment;
    }
}
