namespace DarkPool.Attestation.Bundles;

/// <summary>What a part of bundled evidence is. Append-only: the numbers are on the wire.</summary>
public enum EvidencePart
{
    /// <summary>A DCAP quote of an SGX enclave or TDX domain.</summary>
    DcapQuote = 1,

    /// <summary>A SEV-SNP report.</summary>
    SnpReport = 2,

    /// <summary>The certificate table that came with a SEV-SNP report.</summary>
    SnpCertificates = 3,

    /// <summary>dstack: the log of events that were measured into the RTMRs, JSON.</summary>
    EventLog = 4,
}
