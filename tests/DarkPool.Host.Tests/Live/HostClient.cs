using System.Text.Json;

namespace DarkPool.Host.Tests.Live;

/// <summary>Calls to a host over HTTP.</summary>
internal class HostClient(Uri address) : IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    public HttpClient Http { get; } = new() { BaseAddress = address };

    /// <summary>Waits until the venue takes envelopes.</summary>
    public Task ReadyAsync() => UntilAsync(async () =>
    {
        using var response = await Http.GetAsync(new Uri("/readyz", UriKind.Relative));
        return response.IsSuccessStatusCode;
    });

    /// <summary>Waits until something is so; fails if the host ends first.</summary>
    public async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var timer = new PeriodicTimer(Poll);
        while (!await IsSoAsync(condition))
        {
            AssertAlive();
            await timer.WaitForNextTickAsync();
        }
    }

    public async Task<JsonElement> GetJsonAsync(string path)
    {
        using var document = JsonDocument.Parse(await Http.GetStringAsync(new Uri(path, UriKind.Relative)));
        return document.RootElement.Clone();
    }

    public async Task<HttpResponseMessage> PostAsync(string path, ReadOnlyMemory<byte> body)
    {
        using var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = new("application/octet-stream");
        return await Http.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Fails if there is nobody to call any more.</summary>
    protected virtual void AssertAlive()
    {
    }

    private static async Task<bool> IsSoAsync(Func<Task<bool>> condition)
    {
        try
        {
            return await condition();
        }
        catch (HttpRequestException)
        {
            // It has ended, or is about to: then it says why.
            return false;
        }
    }

    protected virtual void Dispose(bool disposing) => Http.Dispose();
}
