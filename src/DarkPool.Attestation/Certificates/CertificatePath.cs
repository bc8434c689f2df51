namespace DarkPool.Attestation.Certificates;

/// <summary>
/// Validates a chain given in order, leaf first, up to a pinned root (RFC 5280 section 6, without policies and name constraints, which
/// these platforms do not use: a certificate that has them as critical is unreadable).
/// </summary>
internal static class CertificatePath
{
    /// <summary>Why the chain is refused; <see cref="Refusal.None"/> if it holds.</summary>
    /// <param name="chain">Leaf first, root last.</param>
    /// <param name="length">How many certificates the platform's chain has.</param>
    /// <param name="anchors">The roots trusted.</param>
    /// <param name="now">When the certificates must be valid.</param>
    public static Refusal Check(IReadOnlyList<Certificate> chain, int length, TrustAnchors anchors, DateTimeOffset now)
    {
        if (chain.Count < 2) return Refusal.ChainBroken;
        if (!anchors.Contains(chain[^1])) return Refusal.UntrustedRoot;
        for (var below = 0; below + 1 < chain.Count; below++)
        {
            var refusal = CheckLink(chain[below], chain[below + 1], below);
            if (refusal != Refusal.None) return refusal;
        }

        if (chain.Count != length) return Refusal.ChainBroken;
        foreach (var certificate in chain)
        {
            if (now < certificate.NotBefore || now > certificate.NotAfter) return Refusal.CertExpired;
        }

        return Refusal.None;
    }

    /// <param name="subject">The certificate issued.</param>
    /// <param name="issuer">The certificate of its issuer.</param>
    /// <param name="authoritiesBelow">How many authorities stand between the issuer and the leaf.</param>
    private static Refusal CheckLink(Certificate subject, Certificate issuer, int authoritiesBelow)
    {
        if (!subject.Issuer.Span.SequenceEqual(issuer.Subject.Span)) return Refusal.ChainBroken;
        var extensions = issuer.Extensions;
        if (!extensions.IsAuthority || !extensions.SignsCertificates) return Refusal.NotCA;
        if (extensions.PathLength < authoritiesBelow) return Refusal.NotCA;
        return subject.IsSignedBy(issuer) ? Refusal.None : Refusal.CertSignatureInvalid;
    }
}
