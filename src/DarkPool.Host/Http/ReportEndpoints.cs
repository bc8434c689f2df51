using System.Buffers.Text;
using System.Globalization;
using DarkPool.Host.Reports;
using DarkPool.Host.Requests;
using DarkPool.Protocol.Link;
using MediatR;

namespace DarkPool.Host.Http;

/// <summary>The sealed report stream of a session.</summary>
internal static class ReportEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/reports", ReportsAsync)
            .WithTags("Reports")
            .WithName("streamReports")
            .WithSummary("Sealed report frames at the constant rate of the session's class")
            .RequireRateLimiting(RateLimits.Streams)
            .Produces<string>(StatusCodes.Status200OK, ServerSentEvents.ContentType)
            .Produces<ProblemDocument>(StatusCodes.Status400BadRequest, Problem.ContentType)
            .Produces<ProblemDocument>(StatusCodes.Status403Forbidden, Problem.ContentType)
            .Produces<ProblemDocument>(StatusCodes.Status429TooManyRequests, Problem.ContentType)
            .Produces<ProblemDocument>(StatusCodes.Status503ServiceUnavailable, Problem.ContentType);

    private static async Task<IResult> ReportsAsync(
        HttpContext context, string? session, string? attach, IMediator mediator, StreamDirectory streams)
    {
        if (!ulong.TryParse(session, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return Problems.BadQuery("session: a decimal number");
        var token = new byte[AttachRequest.TokenLength];
        if (!TryDecode(attach, token)) return Problems.BadQuery("attach: base64url of 56 bytes");
        var answer = await mediator.Send(new AttachReports(number, token), context.RequestAborted);
        if (!answer.TryGet(out var attached, out var problem)) return problem;
        try
        {
            var events = await ServerSentEvents.StartAsync(context);
            await attached.Stream.CopyToAsync(events, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The client left.
        }
        finally
        {
            await streams.CloseAsync(attached.Enclave, attached.Stream);
        }

        return Results.Empty;
    }

    private static bool TryDecode(string? text, byte[] token)
    {
        // 56 bytes are 75 digits and one optional padding character.
        if (text is null || text.Length is < 75 or > 76 || !Base64Url.IsValid(text)) return false;
        return Base64Url.TryDecodeFromChars(text, token, out var written) && written == token.Length;
    }
}
