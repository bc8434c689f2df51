using DarkPool.EventStore.Facts;
using DarkPool.EventStore.Shards;
using DarkPool.Host.Enclaves;
using DarkPool.Host.Sequencing;
using DarkPool.Host.Store;
using DarkPool.Host.Telemetry;
using DarkPool.Host.Venue;
using DarkPool.Protocol.Entries;
using DarkPool.Protocol.Link;

namespace DarkPool.Host.Hosting;

/// <summary>Makes what lives only as long as an open log.</summary>
internal sealed class VenueParts(
    HostSettings settings,
    Intake intake,
    DepositOffers offers,
    BlockCompletion completion,
    VenueFacts facts,
    HostMetrics metrics,
    TimeProvider time,
    ILoggerFactory loggers)
{
    internal Sequencer CreateSequencer(ShardLog log, ExecutionRecorder recorder) =>
        new(settings.Blocks, intake, offers, log, recorder, completion, metrics, time);

    internal EnclaveRestoration CreateRestoration(OpenStore store, ShardLog log, Sequencer sequencer, ExecutionRecorder recorder) =>
        new(store, log, sequencer, recorder, facts, time, loggers.CreateLogger<EnclaveRestoration>());

    /// <summary>Queues what the enclave offers until it is gone. What another had offered is forgotten: this one offers it again.</summary>
    internal async Task TakeOffersAsync(EnclaveLink enclave, ExecutionRecorder recorder, CancellationToken cancellationToken)
    {
        offers.Reset();
        await foreach (var certificate in enclave.DepositsOffered.ReadAllAsync(cancellationToken))
        {
            if (!offers.Offer(certificate, out var deposit)) continue;
            intake.Wake();
            if (facts.TrySee(deposit.DepositId)) await recorder.NoteAsync(Seen(deposit), cancellationToken);
        }
    }

    private DepositSeen Seen(DepositCertificate deposit) => new(
        deposit.DepositId,
        deposit.Token.Span.ToArray(),
        deposit.Amount,
        deposit.EvmBlock,
        deposit.Transaction.ToArray(),
        deposit.LogIndex,
        time.GetUtcNow().ToUnixTimeMilliseconds() * 1_000);
}
