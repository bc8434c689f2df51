using Xunit;

namespace DarkPool.Chain.Tests;

/// <summary>Waits for what another process brings about.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    public static async Task TrueAsync(Func<bool> condition, TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        using var timer = new PeriodicTimer(Poll);
        while (!condition())
        {
            try
            {
                await timer.WaitForNextTickAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"Not so after {patience.TotalSeconds} s");
            }
        }
    }
}
