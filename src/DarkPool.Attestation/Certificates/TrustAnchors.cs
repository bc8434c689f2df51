using DarkPool.Attestation.Policies;

namespace DarkPool.Attestation.Certificates;

/// <summary>The roots that evidence must lead to, by SHA-256 fingerprint of the certificate (lowercase hex).</summary>
internal sealed class TrustAnchors
{
    /// <summary>Intel SGX Root CA.</summary>
    public const string IntelRoot = "44a0196b2b99f889b8e149e95b807a350e7424964399e885a7cbb8ccfab674d3";

    /// <summary>AMD root keys: ARK-Milan, ARK-Genoa, ARK-Turin. VCEK and VLEK chains of a product share one.</summary>
    public static readonly IReadOnlyList<string> AmdRoots =
    [
        "69d063b45344d26a2e94e1f4210de49ef555308287d4c174445c95639a540bcd",
        "4c6598d19c18719c5dfd4a7d335f674e5bfe1d8f800cea2cf270c10d103db2f1",
        "1f084161a44bb6d93778a904877d4819cafa5d05ef4193b2ded9dd9c73dd3f6a",
    ];

    private readonly IReadOnlyList<string> _makers;
    private readonly IReadOnlyList<string> _development;

    private TrustAnchors(IReadOnlyList<string> makers, IReadOnlyList<string> development)
    {
        _makers = makers;
        _development = development;
    }

    public static TrustAnchors Intel(AttestationPolicy policy) => new([IntelRoot], policy.DevelopmentAnchors);

    public static TrustAnchors Amd(AttestationPolicy policy) => new(AmdRoots, policy.DevelopmentAnchors);

    public bool Contains(Certificate root)
    {
        var fingerprint = root.Fingerprint();
        return _makers.Contains(fingerprint) || _development.Contains(fingerprint);
    }
}
