namespace DarkPool.EndToEnd.Tests.Support;

/// <summary>Bounded waiting: a test fails rather than hangs, on slow machines too.</summary>
internal static class Patience
{
    /// <summary>For anything that one command does.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromMinutes(6);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits for a state that comes by itself.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        using var limit = new CancellationTokenSource(Long);
        using var timer = new PeriodicTimer(Interval);
        while (!await condition())
        {
            try
            {
                await timer.WaitForNextTickAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Waited in vain until {what}.");
            }
        }
    }

    /// <inheritdoc cref="UntilAsync(Func{Task{bool}}, string)"/>
    public static Task UntilAsync(Func<bool> condition, string what) => UntilAsync(() => Task.FromResult(condition()), what);
}
