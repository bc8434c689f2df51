namespace DarkPool.Attestation;

/// <summary>
/// What a verifier needs beside the evidence and cannot take from it (RFC 9334: endorsements and reference values of the maker).
/// All of it is untrusted until verified up to a pinned root. Members that a platform does not use stay null.
/// </summary>
public sealed record Collateral
{
    /// <summary>Intel: the body of <c>/tcb</c>, exactly as served.</summary>
    public byte[]? TcbInfo { get; init; }

    /// <summary>Intel: the body of <c>/qe/identity</c>, exactly as served.</summary>
    public byte[]? QeIdentity { get; init; }

    /// <summary>Intel: PEM of the certificate that signed the two above, up to the root.</summary>
    public byte[]? TcbSigningChain { get; init; }

    /// <summary>Intel: the root's revocation list, DER.</summary>
    public byte[]? RootCaCrl { get; init; }

    /// <summary>Intel: the revocation list of the CA that issued the PCK certificate, DER.</summary>
    public byte[]? PckCrl { get; init; }

    /// <summary>AMD: the VCEK or VLEK certificate, DER or PEM; used when the evidence brings none.</summary>
    public byte[]? EndorsementKey { get; init; }

    /// <summary>AMD: the ASK or ASVK certificate, DER or PEM; used when the evidence brings none.</summary>
    public byte[]? Ask { get; init; }

    /// <summary>AMD: the ARK certificate, DER or PEM; used when the evidence brings none.</summary>
    public byte[]? Ark { get; init; }

    /// <summary>AMD: the ARK's revocation list, DER.</summary>
    public byte[]? ArkCrl { get; init; }

    /// <summary>
    /// Oasis: a node's answer to <c>rofl.AppInstances</c>, CBOR. It is not signed: take it from a node that is trusted, never from the
    /// application's host.
    /// </summary>
    public byte[]? RoflInstances { get; init; }
}
