using JasperFx.Events.Daemon;
using Marten;
using Marten.Events;
using Marten.Events.Daemon.Coordination;
using Microsoft.Extensions.Logging;

namespace DarkPool.EventStore.Projections;

/// <summary>
/// Runs Marten's daemon, which keeps tape, outbox and status up to date. It runs alone (Marten's Solo mode): the sequencer's fence
/// already sees to it that there is one host, and the daemon restarts what an outage stopped.
/// </summary>
public sealed class ProjectionRunner : IAsyncDisposable
{
    private readonly IDocumentStore _store;
    private readonly ProjectionCoordinator _coordinator;
    private readonly ProjectionSignal _signal;

    private ProjectionRunner(IDocumentStore store, ProjectionSignal signal, ProjectionCoordinator coordinator)
    {
        _signal = signal;
        _signal.Running = true;
        _store = store;
        _coordinator = coordinator;
    }

    /// <summary>Waits until the projections contain every event that is in the store now.</summary>
    /// <param name="timeout">How long at most.</param>
    /// <exception cref="TimeoutException">They did not.</exception>
    public Task WaitAsync(TimeSpan timeout) => _store.WaitForNonStaleProjectionDataAsync(timeout);

    /// <summary>Forgets all projected documents and computes them again from the events.</summary>
    public async Task RebuildAsync(CancellationToken cancellation = default)
    {
        IProjectionDaemon daemon = _coordinator.DaemonForMainDatabase();
        await daemon.RebuildProjectionAsync(TapeProjection.ProjectionName, cancellation);
        await daemon.RebuildProjectionAsync(OutboxProjection.ProjectionName, cancellation);
        await daemon.RebuildProjectionAsync(VenueStatusProjection.ProjectionName, cancellation);
    }

    /// <summary>Stops the projections where they are; they go on from there next time.</summary>
    public async ValueTask DisposeAsync()
    {
        _signal.Running = false;
        await _coordinator.StopAsync(CancellationToken.None);
        await _coordinator.DisposeAsync();
    }

    internal static async Task<ProjectionRunner> StartAsync(
        IDocumentStore store, ProjectionSignal signal, ILoggerFactory loggers, CancellationToken cancellation)
    {
        var coordinator = new ProjectionCoordinator(store, loggers.CreateLogger<ProjectionCoordinator>());
        await coordinator.StartAsync(cancellation);
        return new ProjectionRunner(store, signal, coordinator);
    }
}
