using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DarkPool.Attestation.Testing.Platforms;

/// <summary>Makes certificates as the makers of hardware do, for platforms that exist only in tests.</summary>
internal static class SyntheticChain
{
    private static readonly DateTimeOffset From = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset To = new(2040, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static X509Certificate2 Root(string name, AsymmetricAlgorithm key)
    {
        var request = Request(name, key, authority: true);
        var generator = key is RSA rsa
            ? X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pss)
            : X509SignatureGenerator.CreateForECDsa((ECDsa)key);
        using var certificate = request.Create(request.SubjectName, generator, From, To, [1]);
        return WithKey(certificate, key);
    }

    public static X509Certificate2 Issue(
        X509Certificate2 issuer, AsymmetricAlgorithm issuerKey, string name, AsymmetricAlgorithm key, byte serial, bool authority,
        params ReadOnlySpan<X509Extension> extensions)
    {
        var request = Request(name, key, authority);
        foreach (var extension in extensions) request.CertificateExtensions.Add(extension);
        var generator = issuerKey is RSA rsa
            ? X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pss)
            : X509SignatureGenerator.CreateForECDsa((ECDsa)issuerKey);
        using var certificate = request.Create(issuer.SubjectName, generator, From, To, [serial]);
        return WithKey(certificate, key);
    }

    public static byte[] RevocationList(X509Certificate2 issuer, DateTimeOffset now, params ReadOnlySpan<byte> revokedSerials)
    {
        var builder = new CertificateRevocationListBuilder();
        foreach (var serial in revokedSerials) builder.AddEntry([serial], now.AddDays(-1));
        var isRsa = issuer.GetRSAPrivateKey() is not null;
        return builder.Build(
            issuer, 1, now.AddDays(30), isRsa ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256,
            isRsa ? RSASignaturePadding.Pss : null, now.AddDays(-2));
    }

    /// <summary>DER of an object identifier's value pairs, as the platforms' own extensions nest them.</summary>
    public static byte[] Der(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        write(writer);
        return writer.Encode();
    }

    private static CertificateRequest Request(string name, AsymmetricAlgorithm key, bool authority)
    {
        // AMD signs with SHA-384 throughout, Intel with SHA-256.
        var request = key switch
        {
            RSA rsa => new CertificateRequest($"CN={name}", rsa, HashAlgorithmName.SHA384, RSASignaturePadding.Pss),
            ECDsa { KeySize: 384 } ecdsa => new CertificateRequest($"CN={name}", ecdsa, HashAlgorithmName.SHA384),
            ECDsa ecdsa => new CertificateRequest($"CN={name}", ecdsa, HashAlgorithmName.SHA256),
            _ => throw new ArgumentException("Neither RSA nor ECDSA.", nameof(key)),
        };
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(authority, false, 0, true));
        var usage = authority ? X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign : X509KeyUsageFlags.DigitalSignature;
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request;
    }

    private static X509Certificate2 WithKey(X509Certificate2 certificate, AsymmetricAlgorithm key) =>
        key is RSA rsa ? certificate.CopyWithPrivateKey(rsa) : certificate.CopyWithPrivateKey((ECDsa)key);
}
