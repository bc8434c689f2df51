using DarkPool.Attestation.Certificates;

namespace DarkPool.Attestation.Dcap;

/// <summary>TCB info and QE identity, authenticated up to Intel's root and current.</summary>
internal sealed class TcbCollateral
{
    private const string SignerPhrase = "SGX TCB Signing";
    private const int ChainLength = 2;

    private TcbCollateral(TcbInfo tcbInfo, QeIdentity qeIdentity) => (TcbInfo, QeIdentity) = (tcbInfo, qeIdentity);

    public TcbInfo TcbInfo { get; }

    public QeIdentity QeIdentity { get; }

    public static TcbCollateral? TryVerify(PckChain pckChain, VerificationContext context)
    {
        if (context.Collateral is not { TcbInfo: { } tcbInfoBody, QeIdentity: { } qeIdentityBody, TcbSigningChain: { } signingChain })
        {
            return context.Findings.Refuse<TcbCollateral>(
                Refusal.MissingCollateral, "collateral", "TCB info, QE identity or their signing chain was not provided");
        }

        return TryVerifySigner(signingChain, pckChain, context) is { } signer
            && TryVerifyTcbInfo(tcbInfoBody, signer, context) is { } tcbInfo
            && TryVerifyQeIdentity(qeIdentityBody, signer, context) is { } identity
            ? new TcbCollateral(tcbInfo, identity)
            : null;
    }

    /// <summary>Whether both documents are of the quote's TEE and platform.</summary>
    public bool IsFor(bool isTdx, PckCertificate pck, Findings findings)
    {
        var refusal = TcbInfo.IsTdx != isTdx ? Refusal.TcbInfoTypeMismatch
            : TcbInfo.Fmspc != pck.Fmspc ? Refusal.FmspcMismatch
            : TcbInfo.PceId != pck.PceId ? Refusal.PceIdMismatch
            : QeIdentity.IsTdx != isTdx ? Refusal.QeIdentityTypeMismatch
            : Refusal.None;
        return refusal == Refusal.None
            || findings.Refuse(refusal, "collateral", $"TCB info is of FMSPC {TcbInfo.Fmspc}, the platform has {pck.Fmspc}");
    }

    private static Certificate? TryVerifySigner(byte[] pem, PckChain pckChain, VerificationContext context)
    {
        const string Subject = "TCB signing chain";
        Refusal refusal;
        if (!PemCertificates.TryRead(pem, out var chain)) refusal = Refusal.CertMalformed;
        else if (!chain[0].SubjectCommonName.Contains(SignerPhrase, StringComparison.Ordinal)) refusal = Refusal.NotTcbSigningCertificate;
        else if (chain[0].Extensions.IsAuthority) refusal = Refusal.NotTcbSigningCertificate;
        else refusal = CertificatePath.Check(chain, ChainLength, TrustAnchors.Intel(context.Policy), context.Now);

        // One root for all of a verification: a development root beside Intel's must not vouch for Intel's platforms.
        if (refusal == Refusal.None && !chain![1].Encoded.Span.SequenceEqual(pckChain.Root.Encoded.Span)) refusal = Refusal.UntrustedRoot;
        if (refusal == Refusal.None && pckChain.RootRevokes(chain![0])) refusal = Refusal.CertRevoked;
        if (refusal != Refusal.None) return context.Findings.Refuse<Certificate>(refusal, Subject, "is not one of Intel's root");

        foreach (var certificate in chain!) context.Window.Include(certificate.NotBefore, certificate.NotAfter);
        context.Findings.Pass(Subject, "leads to Intel's root");
        return chain[0];
    }

    private static TcbInfo? TryVerifyTcbInfo(byte[] body, Certificate signer, VerificationContext context)
    {
        const string Subject = "TCB info";
        var findings = context.Findings;
        if (!SignedJson.TryRead(body, "tcbInfo"u8, out var signed))
            return findings.Refuse<TcbInfo>(Refusal.TcbInfoMalformed, Subject, "not a readable response");
        if (!EcdsaKey.Verify(signer.Key.Point.Span, signed.Value.Span, signed.Signature))
            return findings.Refuse<TcbInfo>(Refusal.TcbInfoSignatureInvalid, Subject, "not signed by the TCB signing key");
        if (!TcbInfo.TryRead(signed.Value, out var tcbInfo))
            return findings.Refuse<TcbInfo>(Refusal.TcbInfoMalformed, Subject, "not of version 3");
        if (context.Now < tcbInfo.IssueDate || context.Now > tcbInfo.NextUpdate)
            return findings.Refuse<TcbInfo>(Refusal.TcbInfoExpired, Subject, $"of {tcbInfo.IssueDate:u} to {tcbInfo.NextUpdate:u}");
        context.Window.Include(tcbInfo.IssueDate, tcbInfo.NextUpdate);
        findings.Pass(Subject, $"evaluation {tcbInfo.EvaluationNumber}, valid until {tcbInfo.NextUpdate:u}");
        return tcbInfo;
    }

    private static QeIdentity? TryVerifyQeIdentity(byte[] body, Certificate signer, VerificationContext context)
    {
        const string Subject = "QE identity";
        var findings = context.Findings;
        if (!SignedJson.TryRead(body, "enclaveIdentity"u8, out var signed))
            return findings.Refuse<QeIdentity>(Refusal.QeIdentityMalformed, Subject, "not a readable response");
        if (!EcdsaKey.Verify(signer.Key.Point.Span, signed.Value.Span, signed.Signature))
            return findings.Refuse<QeIdentity>(Refusal.QeIdentitySignatureInvalid, Subject, "not signed by the TCB signing key");
        if (!QeIdentity.TryRead(signed.Value, out var identity))
            return findings.Refuse<QeIdentity>(Refusal.QeIdentityMalformed, Subject, "not of version 2");
        if (context.Now < identity.IssueDate || context.Now > identity.NextUpdate)
            return findings.Refuse<QeIdentity>(Refusal.QeIdentityExpired, Subject, $"of {identity.IssueDate:u} to {identity.NextUpdate:u}");
        context.Window.Include(identity.IssueDate, identity.NextUpdate);
        findings.Pass(Subject, $"evaluation {identity.EvaluationNumber}, valid until {identity.NextUpdate:u}");
        return identity;
    }
}
