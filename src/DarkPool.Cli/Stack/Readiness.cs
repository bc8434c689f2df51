using System.Net;
using DarkPool.Cli.Processes;

namespace DarkPool.Cli.Stack;

/// <summary>Waits until a host says that it is ready.</summary>
internal sealed class Readiness(HttpClient http, TimeProvider time)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    /// <param name="failure">Faults when waiting is of no use any more.</param>
    /// <param name="limit">Longest wait.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="StackException">It does not become ready in time, or a part failed.</exception>
    public async Task WaitAsync(Task failure, TimeSpan limit, CancellationToken cancellation)
    {
        long start = time.GetTimestamp();
        using var timer = new PeriodicTimer(PollInterval, time);
        while (!await IsReadyAsync(cancellation))
        {
            if (failure.IsCompleted)
                await failure;
            if (time.GetElapsedTime(start) > limit)
                throw new StackException($"The host at {http.BaseAddress} is not ready after {limit}; see its log.");
            await timer.WaitForNextTickAsync(cancellation);
        }
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellation)
    {
        try
        {
            using HttpResponseMessage answer = await http.GetAsync("readyz", cancellation);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
