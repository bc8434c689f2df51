using System.Text;

namespace DarkPool.Attestation.Collaterals;

/// <summary>
/// Intel's collateral from its Provisioning Certification Service or from a caching service (PCCS) of the same shape, API version 4:
/// <c>{sgx|tdx}/certification/v4/tcb</c>, <c>.../qe/identity</c>, <c>sgx/certification/v4/pckcrl</c> and <c>.../rootcacrl</c>.
/// </summary>
public sealed class PccsCollateral : ICollateralSource
{
    /// <summary>Intel's own service.</summary>
    public static readonly Uri IntelService = new("https://api.trustedservices.intel.com/");

    /// <summary>Where Intel publishes its root's revocation list; its own service, unlike a PCCS, does not serve it.</summary>
    public static readonly Uri IntelRootCrl = new("https://certificates.trustedservices.intel.com/IntelSGXRootCA.der");

    private readonly CollateralHttp _http;
    private readonly Uri _service;
    private readonly Uri _rootCrl;

    /// <summary>A service.</summary>
    /// <param name="client">Sends the requests; its time limit applies.</param>
    /// <param name="service">The service's root, ending with a slash.</param>
    /// <param name="rootCrl">Where the root's revocation list is; null: at the service, as a PCCS has it.</param>
    public PccsCollateral(HttpClient client, Uri service, Uri? rootCrl = null)
    {
        _http = new CollateralHttp(client);
        _service = service;
        _rootCrl = rootCrl ?? new Uri(service, "sgx/certification/v4/rootcacrl");
    }

    /// <inheritdoc/>
    public async ValueTask<Collateral> GetAsync(CollateralNeeds needs, CancellationToken cancellationToken)
    {
        if (needs.Fmspc is null) return new Collateral();
        var tee = needs.IsTdx ? "tdx" : "sgx";
        var authority = needs.IsProcessorCa ? "processor" : "platform";
        var tcbInfo = new Uri(_service, $"{tee}/certification/v4/tcb?fmspc={needs.Fmspc.ToUpperInvariant()}");
        var (tcbBody, chain) = await _http.GetAsync(tcbInfo, "TCB-Info-Issuer-Chain", cancellationToken);
        if (chain is null) throw new IOException($"{tcbInfo} answered without the chain of its signer.");
        var (identity, _) = await _http.GetAsync(new Uri(_service, $"{tee}/certification/v4/qe/identity"), null, cancellationToken);
        var pckCrl = new Uri(_service, $"sgx/certification/v4/pckcrl?ca={authority}&encoding=der");
        return new Collateral
        {
            TcbInfo = tcbBody,
            QeIdentity = identity,
            TcbSigningChain = Encoding.ASCII.GetBytes(Uri.UnescapeDataString(chain)),
            PckCrl = FromHexOrDer((await _http.GetAsync(pckCrl, null, cancellationToken)).Body),
            RootCaCrl = FromHexOrDer((await _http.GetAsync(_rootCrl, null, cancellationToken)).Body),
        };
    }

    /// <summary>A PCCS answers with hex where Intel's service answers with DER.</summary>
    private static byte[] FromHexOrDer(byte[] body)
    {
        var text = body.AsSpan().Trim(" \t\r\n\""u8);
        var bytes = new byte[text.Length / 2];
        var status = Convert.FromHexString(text, bytes, out var read, out _);
        return status == System.Buffers.OperationStatus.Done && read == text.Length && read > 0 ? bytes : body;
    }
}
