using System.Globalization;
using DarkPool.Host.Sequencing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DarkPool.Host.Http;

/// <summary>What a supervisor asks: does the process live, does the venue take envelopes.</summary>
internal static class ProbeEndpoints
{
    private const int RetrySeconds = 1;

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => TypedResults.Text("ok\n"))
            .WithTags("Operation")
            .WithName("health")
            .WithSummary("The process lives");
        routes.MapGet("/readyz", Ready)
            .WithTags("Operation")
            .WithName("readiness")
            .WithSummary("The venue takes envelopes; if not, why")
            .Produces<ReadinessDocument>()
            .Produces<ReadinessDocument>(StatusCodes.Status503ServiceUnavailable);
    }

    private static JsonHttpResult<ReadinessDocument> Ready(HttpContext context, Availability availability)
    {
        var hindrances = availability.Current;
        if (hindrances != Hindrance.None) context.Response.Headers.RetryAfter = RetrySeconds.ToString(CultureInfo.InvariantCulture);
        return TypedResults.Json(
            new ReadinessDocument(Availability.NameOf(hindrances), Availability.Reasons(hindrances)),
            VenueJson.Default.ReadinessDocument,
            statusCode: hindrances == Hindrance.None ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
