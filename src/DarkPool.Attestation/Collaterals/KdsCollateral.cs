using System.Text;
using DarkPool.Attestation.Certificates;

namespace DarkPool.Attestation.Collaterals;

/// <summary>
/// AMD's certificates from its Key Distribution Service or a mirror of the same shape: <c>vcek/v1/{product}/{chip}?...</c>,
/// <c>{vcek|vlek}/v1/{product}/cert_chain</c>, <c>.../crl</c>. The certificate of a VLEK comes from the cloud provider, with the evidence.
/// </summary>
public sealed class KdsCollateral(HttpClient client, Uri service) : ICollateralSource
{
    /// <summary>AMD's own service.</summary>
    public static readonly Uri AmdService = new("https://kdsintf.amd.com/");

    private readonly CollateralHttp _http = new(client);

    /// <inheritdoc/>
    public async ValueTask<Collateral> GetAsync(CollateralNeeds needs, CancellationToken cancellationToken)
    {
        if (needs.Product is null) return new Collateral();
        var root = new Uri(service, $"{(needs.IsVlek ? "vlek" : "vcek")}/v1/{needs.Product}/");
        var (chain, _) = await _http.GetAsync(new Uri(root, "cert_chain"), null, cancellationToken);
        var (crl, _) = await _http.GetAsync(new Uri(root, "crl"), null, cancellationToken);
        if (!PemCertificates.TryRead(chain, out var certificates) || certificates.Count != 2)
            throw new IOException($"{root}cert_chain answered something else than two certificates.");
        var endorsement = needs.IsVlek ? null : (await _http.GetAsync(new Uri(root, Vcek(needs)), null, cancellationToken)).Body;
        return new Collateral
        {
            EndorsementKey = endorsement,
            Ask = certificates[0].Encoded.ToArray(),
            Ark = certificates[1].Encoded.ToArray(),
            ArkCrl = crl,
        };
    }

    private static string Vcek(CollateralNeeds needs)
    {
        var query = new StringBuilder();
        foreach (var (name, svn) in needs.TcbParts)
        {
            var parameter = name switch { "bootloader" => "blSPL", "microcode" => "ucodeSPL", _ => name + "SPL" };
            query.Append(query.Length == 0 ? '?' : '&').Append(parameter).Append('=').Append(svn);
        }

        return needs.ChipId + query;
    }
}
