using DarkPool.Attestation.Certificates;

namespace DarkPool.Attestation.Snp;

/// <summary>The certificates for a report, from the evidence where it brings them and from the collateral where it does not.</summary>
internal sealed class SnpCertificates(SnpCertificateTable? table, Collateral collateral)
{
    /// <summary>The ARK's revocation list; null if there is none.</summary>
    public byte[]? ArkCrl => table?.Crl?.ToArray() ?? collateral.ArkCrl;

    /// <summary>Endorsement key, ASK, ARK; null if one is missing or not readable.</summary>
    public IReadOnlyList<Certificate>? TryGetChain()
    {
        var chain = new List<Certificate>(3);
        ReadOnlySpan<ReadOnlyMemory<byte>?> sources =
            [table?.EndorsementKey ?? collateral.EndorsementKey, table?.Ask ?? collateral.Ask, table?.Ark ?? collateral.Ark];
        foreach (var source in sources)
        {
            if (source is not { } bytes || !PemCertificates.TryReadOne(bytes, out var certificate)) return null;
            chain.Add(certificate);
        }

        return chain;
    }
}
