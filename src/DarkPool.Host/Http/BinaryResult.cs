namespace DarkPool.Host.Http;

/// <summary>A binary answer with its length.</summary>
internal sealed class BinaryResult(int status, ReadOnlyMemory<byte> bytes) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = RequestBody.MediaType;
        response.ContentLength = bytes.Length;
        await response.BodyWriter.WriteAsync(bytes, httpContext.RequestAborted);
    }
}
