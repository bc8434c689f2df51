using DarkPool.Host.Requests;
using DarkPool.Host.Sequencing;
using MediatR;

namespace DarkPool.Host.Http;

/// <summary>The calls that bring entries into the log.</summary>
internal static class SubmissionEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1").WithTags("Log");
        Describe(group.MapPost("/envelopes", EnvelopesAsync), "submitEnvelopes", "One or many command envelopes, of any sessions, in order")
            .Produces<Stream>(StatusCodes.Status202Accepted, RequestBody.MediaType);
        Describe(group.MapPost("/sessions", SessionAsync), "openSession", "One hello: opens a session")
            .Produces<SessionDocument>(StatusCodes.Status201Created)
            .Produces<ProblemDocument>(StatusCodes.Status422UnprocessableEntity, Problem.ContentType);
        Describe(group.MapPost("/governance", GovernanceAsync), "submitGovernance", "One governance command with its signatures")
            .Produces<Stream>(StatusCodes.Status202Accepted, RequestBody.MediaType)
            .Produces<ProblemDocument>(StatusCodes.Status409Conflict, Problem.ContentType);
        Describe(group.MapPost("/prices", PriceAsync), "submitPrice", "One price, signed by its source")
            .Produces<Stream>(StatusCodes.Status202Accepted, RequestBody.MediaType);
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string name, string summary) =>
        route.WithName(name)
            .WithSummary(summary)
            .Accepts<Stream>(RequestBody.MediaType)
            .Produces<ProblemDocument>(StatusCodes.Status400BadRequest, Problem.ContentType)
            .Produces<ProblemDocument>(StatusCodes.Status413PayloadTooLarge, Problem.ContentType)
            .Produces<ProblemDocument>(StatusCodes.Status415UnsupportedMediaType, Problem.ContentType)
            .Produces<ProblemDocument>(StatusCodes.Status429TooManyRequests, Problem.ContentType)
            .Produces<ProblemDocument>(StatusCodes.Status503ServiceUnavailable, Problem.ContentType);

    private static Task<IResult> EnvelopesAsync(HttpContext context, IMediator mediator) =>
        SendAsync(context, mediator, body => new SubmitEnvelopes(body), Accepted);

    private static Task<IResult> GovernanceAsync(HttpContext context, IMediator mediator) =>
        SendAsync(context, mediator, body => new SubmitGovernance(body), Accepted);

    private static Task<IResult> PriceAsync(HttpContext context, IMediator mediator) =>
        SendAsync(context, mediator, body => new SubmitPrice(body), Accepted);

    private static Task<IResult> SessionAsync(HttpContext context, IMediator mediator) =>
        SendAsync(context, mediator, body => new OpenSession(body), Created);

    private static async Task<IResult> SendAsync<T>(
        HttpContext context, IMediator mediator, Func<PooledBytes, IRequest<Answer<T>>> request, Func<T, IResult> success)
    {
        var read = await RequestBody.ReadAsync(context);
        if (!read.TryGet(out var body, out var problem)) return problem;
        var answer = await mediator.Send(request(body), context.RequestAborted);
        return answer.ToResult(success);
    }

    private static IResult Accepted(SubmissionResult result) => new BinaryResult(StatusCodes.Status202Accepted, result.Receipts);

    private static IResult Created(OpenedSession opened) => TypedResults.Json(
        new SessionDocument(opened.Session, opened.Block, opened.Index, opened.Receipt),
        VenueJson.Default.SessionDocument,
        statusCode: StatusCodes.Status201Created);
}
