using DarkPool.Host.Requests;
using DarkPool.Protocol.Identity;
using MediatR;

namespace DarkPool.Host.Http;

/// <summary>What a client reads before it seals anything.</summary>
internal static class VenueEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1").WithTags("Venue");
        group.MapGet("/venue", VenueAsync)
            .WithName("describeVenue")
            .WithSummary("Identities, chain, limits, assets, markets, status")
            .Produces<VenueDocument>();
        group.MapGet("/reserves", ReservesAsync)
            .WithName("readReserves")
            .WithSummary("Totals, rates and parameters of lending pools and isolated markets, at settlement cadence")
            .Produces<ReservesDocument>();
        group.MapGet("/attestation", AttestationAsync)
            .WithName("getAttestation")
            .WithSummary("Claims of the enclave and evidence over the caller's nonce")
            .Produces<AttestationDocument>()
            .Produces<ProblemDocument>(StatusCodes.Status400BadRequest, Problem.ContentType)
            .Produces<ProblemDocument>(StatusCodes.Status503ServiceUnavailable, Problem.ContentType);
    }

    private static async Task<IResult> VenueAsync(IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Json(await mediator.Send(new DescribeVenue(), cancellationToken), VenueJson.Default.VenueDocument);

    private static async Task<IResult> ReservesAsync(IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Json(await mediator.Send(new ReadReserves(), cancellationToken), VenueJson.Default.ReservesDocument);

    private static async Task<IResult> AttestationAsync(
        string? nonce, IMediator mediator, Venue.VenueIdentity venue, CancellationToken cancellationToken)
    {
        if (nonce is not { Length: 64 } || !Bytes32.TryParse(nonce, out var bytes)) return Problems.BadQuery("nonce: 64 hex digits");
        var answer = await mediator.Send(new GetAttestation(bytes), cancellationToken);
        return answer.ToResult(attestation => TypedResults.Json(
            new AttestationDocument(
                Claims(attestation.Claims, venue.Genesis.VenueId), bytes.ToString(), attestation.Provider, attestation.Evidence),
            VenueJson.Default.AttestationDocument));
    }

    private static ClaimsDocument Claims(EnclaveIdentity claims, in Bytes32 venueId) => new(
        claims.SigningKey.ToString(),
        claims.EvmAddress.ToString(),
        claims.KeyEpoch,
        claims.EncryptionKey.ToString(),
        venueId.ToString(),
        claims.PolicyHash.ToString(),
        claims.AnchoredBlock,
        claims.AnchoredHead.ToString());
}
