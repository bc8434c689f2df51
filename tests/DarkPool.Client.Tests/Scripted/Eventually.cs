namespace DarkPool.Client.Tests.Scripted;

/// <summary>Waits for a state that comes by itself.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    public static async Task Async(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(ConnectedClient.Patience);
        using var timer = new PeriodicTimer(Interval);
        while (!condition())
            await timer.WaitForNextTickAsync(limit.Token);
    }
}
