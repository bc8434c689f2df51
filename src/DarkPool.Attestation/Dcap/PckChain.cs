using DarkPool.Attestation.Certificates;

namespace DarkPool.Attestation.Dcap;

/// <summary>
/// The chain of a quote's PCK certificate, checked up to Intel's root and against both revocation lists: that of the root for the
/// intermediate authority, that of the authority for the PCK.
/// </summary>
internal sealed class PckChain
{
    private const int Length = 3;
    private const string Subject = "PCK chain";

    private readonly RevocationList? _rootRevocations;

    private PckChain(PckCertificate pck, Certificate root, RevocationList? rootRevocations)
    {
        Pck = pck;
        Root = root;
        _rootRevocations = rootRevocations;
    }

    public PckCertificate Pck { get; }

    public Certificate Root { get; }

    public static PckChain? TryVerify(ReadOnlyMemory<byte> pem, VerificationContext context)
    {
        var findings = context.Findings;
        if (!PemCertificates.TryRead(pem.Span, out var chain))
            return findings.Refuse<PckChain>(Refusal.CertMalformed, Subject, "not a readable chain");
        var refusal = CertificatePath.Check(chain, Length, TrustAnchors.Intel(context.Policy), context.Now);
        if (refusal != Refusal.None) return findings.Refuse<PckChain>(refusal, Subject, "does not lead to Intel's root");
        if (!PckCertificate.TryRead(chain[0], out var pck))
            return findings.Refuse<PckChain>(Refusal.NotPckCertificate, Subject, "the leaf is not a PCK certificate");
        foreach (var certificate in chain) context.Window.Include(certificate.NotBefore, certificate.NotAfter);
        findings.Pass(Subject, $"leads to Intel's root; FMSPC {pck.Fmspc}");

        var (authority, root) = (chain[1], chain[2]);
        var collateral = context.Collateral;
        if (!RevocationCheck.TryLoad("root CRL", collateral.RootCaCrl, root, context, out var rootRevocations)) return null;
        if (!RevocationCheck.TryLoad("PCK CRL", collateral.PckCrl, authority, context, out var pckRevocations)) return null;
        if (rootRevocations is not null && rootRevocations.Revokes(authority))
            return findings.Refuse<PckChain>(Refusal.CertRevoked, Subject, "the intermediate authority is revoked");
        if (pckRevocations is not null && pckRevocations.Revokes(pck.Certificate))
            return findings.Refuse<PckChain>(Refusal.CertRevoked, Subject, "the PCK certificate is revoked");
        return new PckChain(pck, root, rootRevocations);
    }

    /// <summary>Whether the root's list names a certificate that the root issued.</summary>
    public bool RootRevokes(Certificate certificate) => _rootRevocations?.Revokes(certificate) ?? false;
}
