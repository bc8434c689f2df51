using DarkPool.Host.Enclaves;
using DarkPool.Protocol.Link;
using DarkPool.Protocol.Reports;

namespace DarkPool.Host.Reports;

/// <summary>
/// Sends report frames at the constant rate of each class, news or not: what the network sees of a stream tells only that it is open.
/// </summary>
internal sealed class ReportPacer(StreamDirectory streams, EnclaveSlot enclave, TimeProvider time) : BackgroundService
{
    private static readonly RateClass[] Classes = [RateClass.Slow, RateClass.Medium, RateClass.Fast];

    /// <summary>Time between two frames of a stream.</summary>
    internal static TimeSpan Interval(RateClass rateClass) => TimeSpan.FromSeconds(1) / rateClass.FramesPerSecond();

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Classes.Select(rateClass => PaceAsync(rateClass, stoppingToken)));

    private async Task PaceAsync(RateClass rateClass, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval(rateClass), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (streams.Count(rateClass) == 0 || enclave.Current is not { } link) continue;
                try
                {
                    await streams.DrawAsync(link, rateClass, stoppingToken);
                }
                catch (LinkException)
                {
                    streams.EndAll();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }
}
