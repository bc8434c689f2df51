using System.Formats.Asn1;

namespace DarkPool.Attestation.Certificates;

/// <summary>The signature schemes of the platforms' certificates.</summary>
internal enum SignatureScheme
{
    /// <summary>Any other: no such signature ever verifies.</summary>
    Unsupported,

    /// <summary>ecdsa-with-SHA256, P-256 (RFC 5758): Intel.</summary>
    EcdsaSha256,

    /// <summary>ecdsa-with-SHA384, P-384 (RFC 5758).</summary>
    EcdsaSha384,

    /// <summary>RSASSA-PSS, SHA-384, MGF1 with SHA-384, salt of 48 bytes (RFC 4055): AMD.</summary>
    RsaPssSha384,
}

/// <summary>Reads an AlgorithmIdentifier (RFC 5280 section 4.1.1.2) of a signature.</summary>
internal static class SignatureSchemes
{
    private const string EcdsaWithSha256 = "1.2.840.10045.4.3.2";
    private const string EcdsaWithSha384 = "1.2.840.10045.4.3.3";
    private const string RsassaPss = "1.2.840.113549.1.1.10";
    private const string Mgf1 = "1.2.840.113549.1.1.8";
    private const string Sha384 = "2.16.840.1.101.3.4.2.2";
    private const int Sha384Length = 48;

    /// <exception cref="AsnContentException">Not DER.</exception>
    public static SignatureScheme Read(ReadOnlyMemory<byte> encoded)
    {
        var sequence = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence();
        return sequence.ReadObjectIdentifier() switch
        {
            EcdsaWithSha256 when !sequence.HasData => SignatureScheme.EcdsaSha256,
            EcdsaWithSha384 when !sequence.HasData => SignatureScheme.EcdsaSha384,
            RsassaPss when HasSha384Throughout(sequence.ReadSequence()) && !sequence.HasData => SignatureScheme.RsaPssSha384,
            _ => SignatureScheme.Unsupported,
        };
    }

    /// <summary>RFC 4055 section 3.1; the defaults there are SHA-1, so all of hash, mask and salt must be written out.</summary>
    private static bool HasSha384Throughout(AsnReader parameters)
    {
        if (!IsSha384(Field(parameters, 0).ReadSequence())) return false;
        var mask = Field(parameters, 1).ReadSequence();
        if (mask.ReadObjectIdentifier() != Mgf1 || !IsSha384(mask.ReadSequence()) || mask.HasData) return false;
        if (!Field(parameters, 2).TryReadInt32(out var salt) || salt != Sha384Length) return false;
        if (!parameters.HasData) return true;
        return Field(parameters, 3).TryReadInt32(out var trailer) && trailer == 1 && !parameters.HasData;
    }

    private static AsnReader Field(AsnReader parameters, int tag) => parameters.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, tag));

    private static bool IsSha384(AsnReader algorithm)
    {
        if (algorithm.ReadObjectIdentifier() != Sha384) return false;
        if (algorithm.HasData) algorithm.ReadNull();
        return !algorithm.HasData;
    }
}
