using DarkPool.Host.Store;

namespace DarkPool.Host.Http;

/// <summary>
/// Turns whatever goes wrong below it into a problem document: malformed HTTP, an event store that does not answer, a defect. Only a
/// defect is logged; what clients can cause is counted.
/// </summary>
internal sealed partial class FaultBoundary(RequestDelegate next, ILogger<FaultBoundary> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (!context.Response.HasStarted && context.Response is { StatusCode: >= 400, ContentType: null })
                await Of(context.Response.StatusCode).ExecuteAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to answer.
        }
        catch (BadHttpRequestException e)
        {
            await Of(e.StatusCode).ExecuteAsync(context);
        }
        catch (Exception e) when (StoreFault.IsOutage(e))
        {
            await Problems.StoreUnavailable.ExecuteAsync(context);
        }
        catch (Exception e)
        {
            Defect(e, context.GetEndpoint()?.DisplayName ?? "no endpoint");
            await Problems.InternalError.ExecuteAsync(context);
        }
    }

    private static Problem Of(int status) => status switch
    {
        StatusCodes.Status404NotFound => Problems.NotFound,
        StatusCodes.Status405MethodNotAllowed => Problems.MethodNotAllowed,
        StatusCodes.Status408RequestTimeout => Problems.TooSlow,
        StatusCodes.Status413PayloadTooLarge => Problems.TooLarge,
        StatusCodes.Status415UnsupportedMediaType => Problems.UnsupportedMediaType,
        >= 500 => Problems.InternalError,
        _ => Problems.BadRequest,
    };

    [LoggerMessage(LogLevel.Error, "A request to {Endpoint} failed")]
    private partial void Defect(Exception exception, string endpoint);
}
