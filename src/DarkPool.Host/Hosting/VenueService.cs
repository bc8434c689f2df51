using DarkPool.EventStore;
using DarkPool.EventStore.Migrations;
using DarkPool.EventStore.Shards;
using DarkPool.Host.Enclaves;
using DarkPool.Host.Publication;
using DarkPool.Host.Reports;
using DarkPool.Host.Sequencing;
using DarkPool.Host.Store;
using DarkPool.Host.Telemetry;
using DarkPool.Host.Venue;
using DarkPool.Protocol.Link;
using Npgsql;

namespace DarkPool.Host.Hosting;

/// <summary>
/// The life of the venue in this process: open the log under the fence, bring the enclave to its end, sequence; when the enclave goes away,
/// bring its successor there; when asked to stop, drain, seal a snapshot and leave.
/// </summary>
internal sealed partial class VenueService(
    HostSettings settings,
    VenueIdentity venue,
    Availability availability,
    Intake intake,
    StoreSlot storeSlot,
    EnclaveSlot enclaveSlot,
    EnclaveConnector connector,
    StreamDirectory streams,
    VenueFacts facts,
    VenueParts parts,
    PublicationPart publication,
    HostExit exit,
    HostMetrics metrics,
    TimeProvider time,
    ILoggerFactory loggers) : BackgroundService
{
    private readonly ILogger _log = loggers.CreateLogger<VenueService>();
    private readonly CancellationTokenSource _giveUp = new();

    /// <summary>Stops within the host's shutdown time, drained or not.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await using (cancellationToken.Register(_giveUp.Cancel)) await base.StopAsync(CancellationToken.None);
    }

    public override void Dispose()
    {
        base.Dispose();
        _giveUp.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Everything below must not hold up the start of the web server, which tells that the venue is starting.
        await Task.Yield();
        try
        {
            await ServeAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop before, or longer than, it could drain.
        }
        catch (Exception e)
        {
            exit.Fail(Explain(e));
        }
        finally
        {
            availability.Add(Hindrance.Draining);
            intake.RefuseWaiting(Http.Problems.Draining);
            streams.EndAll();
        }
    }

    private async Task ServeAsync(CancellationToken draining)
    {
        await using var store = await VenueStore.OpenAsync(settings.Postgres, loggers, draining);
        await using var log = await store.OpenShardAsync(
            new ShardLogOptions
            {
                Shard = venue.Genesis.Shard,
                GenesisHead = venue.Genesis.GenesisHead,
                Time = time,
                Logger = loggers.CreateLogger<ShardLog>(),
            },
            draining);
        log.StateChanged += StoreChanged;
        LogOpen(log.Last.Number, log.Epoch);
        await using var projections = await store.StartProjectionsAsync(draining);
        var shard = store.ReadShard(log.Shard, venue.Genesis.GenesisHead);
        storeSlot.Set(store, shard);
        facts.Load(await StoredFacts.ReadAsync(store, shard, draining));
        try
        {
            await RunPartsAsync(store, log, draining);
        }
        finally
        {
            storeSlot.Clear();
        }
    }

    private async Task RunPartsAsync(VenueStore store, ShardLog log, CancellationToken draining)
    {
        var recorder = new ExecutionRecorder(store, log, venue, metrics, time);
        using var sequencer = parts.CreateSequencer(log, recorder);
        using var fault = CancellationTokenSource.CreateLinkedTokenSource(_giveUp.Token);
        using var publishing = CancellationTokenSource.CreateLinkedTokenSource(fault.Token, draining);
        var recording = EndOnFaultAsync(recorder.RunAsync(fault.Token), fault);
        var published = EndOnFaultAsync(publication.RunAsync(store, log, publishing.Token), fault);
        try
        {
            await SequenceAsync(store, log, recorder, sequencer, draining, fault.Token);
            recorder.Complete();
        }
        catch
        {
            await fault.CancelAsync();
            sequencer.Abandon();
            throw;
        }
        finally
        {
            await publishing.CancelAsync();
            await Task.WhenAll(recording, published);
        }
    }

    private async Task SequenceAsync(
        VenueStore store, ShardLog log, ExecutionRecorder recorder, Sequencer sequencer, CancellationToken draining,
            CancellationToken giveUp)
    {
        var restoration = parts.CreateRestoration(storeSlot.Current!, log, sequencer, recorder);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(draining, giveUp);
        availability.Add(Hindrance.EnclaveUnavailable);
        availability.Remove(Hindrance.Starting);
        for (var first = true; !draining.IsCancellationRequested; first = false)
        {
            await using var enclave = first ? await connector.ConnectAsync(either.Token) : await connector.ReconnectAsync(either.Token);
            try
            {
                availability.Add(Hindrance.Restoring);
                enclaveSlot.Set(enclave, await restoration.RunAsync(enclave, either.Token));
                await ServeWithAsync(enclave, sequencer, recorder, draining, giveUp);
            }
            catch (LinkException e) when (e.Code == LinkErrorCode.Disconnected)
            {
                EnclaveGone(e.Message);
            }
            catch (Exception e) when (StoreFault.IsOutage(e))
            {
                // The log appends through an outage by itself; a replay is begun again with another enclave when the store is back.
                RestorationInterrupted(e.Message);
                await StoreFault.OutlastAsync(() => store.ReadStatusAsync(either.Token), time, either.Token);
            }
        }

        sequencer.Abandon();
    }

    private async Task ServeWithAsync(
        EnclaveLink enclave, Sequencer sequencer, ExecutionRecorder recorder, CancellationToken draining, CancellationToken giveUp)
    {
        metrics.EnclaveLive();
        availability.Remove(Hindrance.EnclaveUnavailable | Hindrance.Restoring);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(giveUp);
        var offers = parts.TakeOffersAsync(enclave, recorder, ended.Token);
        try
        {
            await sequencer.RunAsync(enclave, draining, giveUp);
            if (enclave.Gone.IsCompleted) throw await enclave.Gone;
            if (sequencer.Snapshots.HasNews) await recorder.SaveAsync(await enclave.SnapshotAsync(giveUp), giveUp);
        }
        finally
        {
            availability.Add(Hindrance.EnclaveUnavailable);
            enclaveSlot.Clear();
            streams.EndAll();
            await ended.CancelAsync();
            await offers.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task EndOnFaultAsync(Task part, CancellationTokenSource fault)
    {
        try
        {
            await part;
        }
        catch (OperationCanceledException)
        {
            // Asked to end, or another part failed first.
        }
        catch (Exception e)
        {
            exit.Fail(Explain(e));
            await fault.CancelAsync();
        }
    }

    private void StoreChanged(ShardLogState state)
    {
        switch (state)
        {
            case ShardLogState.Open:
                availability.Remove(Hindrance.StoreUnavailable);
                break;
            case ShardLogState.StoreUnavailable:
                metrics.StoreOutage();
                availability.Add(Hindrance.StoreUnavailable);
                intake.RefuseWaiting(Http.Problems.StoreUnavailable);
                break;
            case ShardLogState.FenceLost:
                availability.Add(Hindrance.Draining);
                exit.Fail(new HostFailure(ExitCode.FenceLost, "another host has taken this shard; nothing was written since"));
                break;
        }
    }

    private static HostFailure Explain(Exception e) => e switch
    {
        HostFailure failure => failure,
        ShardInUseException or FenceLostException => new HostFailure(ExitCode.FenceLost, e.Message, e),
        MigrationException => new HostFailure(ExitCode.StoreNotMigrated, e.Message, e),
        LogCorruptException => new HostFailure(ExitCode.EnclaveRefused, e.Message, e),
        LinkException link => new HostFailure(ExitCode.EnclaveRefused, $"the enclave refused ({link.Code}): {link.Message}", e),
        NpgsqlException => new HostFailure(ExitCode.StoreUnreachable, $"the event store cannot be reached: {e.Message}", e),
        _ => new HostFailure(ExitCode.Failed, $"a defect ended the host: {e.GetType().Name}: {e.Message}", e),
    };

    [LoggerMessage(LogLevel.Information, "The log is open at block {Block}, sequencer epoch {Epoch}")]
    private partial void LogOpen(ulong block, ulong epoch);

    [LoggerMessage(LogLevel.Warning, "The enclave is gone and is awaited again: {Reason}")]
    private partial void EnclaveGone(string reason);

    [LoggerMessage(LogLevel.Warning, "The event store went away while the enclave was restored; it is awaited: {Reason}")]
    private partial void RestorationInterrupted(string reason);
}
