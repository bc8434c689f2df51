using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using DarkPool.Attestation;
using DarkPool.Client.Http;
using DarkPool.Protocol.Identity;

namespace DarkPool.Client.Trust;

/// <summary>A saved answer of <c>GET /v1/attestation</c>: evidence with the claims and the nonce that it binds.</summary>
/// <param name="Evidence">The evidence.</param>
/// <param name="Identity">What the enclave claimed.</param>
/// <param name="VenueId">The venue for which it claimed it.</param>
/// <param name="Nonce">The nonce of whoever asked.</param>
public sealed record AttestationDocument(Evidence Evidence, EnclaveIdentity Identity, Bytes32 VenueId, Bytes32 Nonce)
{
    /// <summary>The report data that the evidence must bind.</summary>
    public byte[] ExpectedReportData() => ReportData.Compute(Identity, VenueId, Nonce);

    /// <summary>Reads a saved answer; false if the bytes are not one.</summary>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out AttestationDocument? document)
    {
        document = null;
        try
        {
            var answer = JsonSerializer.Deserialize<AttestationAnswer>(json, JsonSerializerOptions.Web);
            if (answer is not { Claims: { } claims, Nonce: { } nonceText, Provider: { } provider, Evidence: { } evidence }) return false;
            if (claims.TryRead() is not { } identity) return false;
            if (!Bytes32.TryParse(claims.VenueId, out Bytes32 venue) || !Bytes32.TryParse(nonceText, out Bytes32 nonce)) return false;
            document = new AttestationDocument(new Evidence(provider, evidence), identity, venue, nonce);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
