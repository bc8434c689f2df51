using System.Security.Cryptography;

namespace DarkPool.Load.Attest;

/// <summary>
/// The limit of a verification: the signature checks in it and nothing else, with keys imported ahead. A quote has nine of ECDSA P-256 (the
/// PCK chain 2, the TCB signing chain 1, two revocation lists, QE report, quote, TCB info, QE identity), a report two of RSA-4096-PSS
/// (chain), one more for a revocation list, and one of ECDSA P-384.
/// </summary>
internal sealed class BareSignatures : IDisposable
{
    private const int QuoteSignatures = 9;
    private const int ChainSignatures = 2;
    private const int MessageLength = 1024;
    private const int AmdKeyBits = 4096;

    private readonly byte[] _message = RandomNumberGenerator.GetBytes(MessageLength);
    private readonly ECDsa _p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
    private readonly RSA _rsa = RSA.Create(AmdKeyBits);
    private readonly byte[] _p256Signature;
    private readonly byte[] _p384Signature;
    private readonly byte[] _rsaSignature;

    public BareSignatures()
    {
        _p256Signature = _p256.SignData(_message, HashAlgorithmName.SHA256);
        _p384Signature = _p384.SignData(_message, HashAlgorithmName.SHA384);
        _rsaSignature = _rsa.SignData(_message, HashAlgorithmName.SHA384, RSASignaturePadding.Pss);
    }

    public void OfQuote()
    {
        for (var check = 0; check < QuoteSignatures; check++) Require(_p256.VerifyData(_message, _p256Signature, HashAlgorithmName.SHA256));
    }

    public void OfReport(bool hasRevocationList)
    {
        for (var check = hasRevocationList ? -1 : 0; check < ChainSignatures; check++)
            Require(_rsa.VerifyData(_message, _rsaSignature, HashAlgorithmName.SHA384, RSASignaturePadding.Pss));
        Require(_p384.VerifyData(_message, _p384Signature, HashAlgorithmName.SHA384));
    }

    public void Dispose()
    {
        _p256.Dispose();
        _p384.Dispose();
        _rsa.Dispose();
    }

    private static void Require(bool holds)
    {
        if (!holds) throw new CryptographicException("A signature that was just made does not verify.");
    }
}
