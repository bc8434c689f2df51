using System.Diagnostics.Metrics;
using DarkPool.Protocol.Reports;

namespace DarkPool.Host.Telemetry;

/// <summary>
/// What operators watch. Nothing here has a label per session, account or address: metrics must not tell more than the log already does.
/// </summary>
internal sealed class HostMetrics : IDisposable
{
    internal const string MeterName = "DarkPool.Host";

    /// <summary>Milliseconds; appends and receipts live between one and a few hundred.</summary>
    private static readonly InstrumentAdvice<double> Milliseconds =
        new() { HistogramBucketBoundaries = [0.25, 0.5, 1, 2, 3, 5, 7.5, 10, 15, 25, 50, 100, 250, 500, 1_000, 5_000, 15_000] };

    private static readonly InstrumentAdvice<int> Entries =
        new() { HistogramBucketBoundaries = [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 2_048, 4_096] };

    private readonly Meter _meter;
    private readonly Counter<long> _entries, _blocks, _dropped, _frames, _streamsDropped, _problems, _outages, _snapshots, _enclaveStarts;
    private readonly Histogram<double> _append, _commit, _receipt;
    private readonly Histogram<int> _blockEntries;

    public HostMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _entries = _meter.CreateCounter<long>("darkpool.log.entries", description: "Entries of durable blocks");
        _blocks = _meter.CreateCounter<long>("darkpool.log.blocks", description: "Durable blocks");
        _dropped = _meter.CreateCounter<long>("darkpool.log.dropped", description: "Envelopes that the enclave dropped");
        _frames = _meter.CreateCounter<long>("darkpool.reports.frames", description: "Report frames drawn, by rate class");
        _streamsDropped = _meter.CreateCounter<long>("darkpool.reports.streams_dropped", description: "Streams ended for slowness");
        _problems = _meter.CreateCounter<long>("darkpool.http.problems", description: "Refusals, by slug");
        _outages = _meter.CreateCounter<long>("darkpool.store.outages", description: "Times the event store stopped answering");
        _snapshots = _meter.CreateCounter<long>("darkpool.enclave.snapshots", description: "Sealed snapshots stored");
        _enclaveStarts = _meter.CreateCounter<long>("darkpool.enclave.restores", description: "Times an enclave was brought live");
        _append = _meter.CreateHistogram("darkpool.store.append", "ms", "Time to make a block durable", advice: Milliseconds);
        _commit = _meter.CreateHistogram("darkpool.enclave.commit", "ms", "From durable to the enclave's result", advice: Milliseconds);
        _receipt = _meter.CreateHistogram("darkpool.receipts.wait", "ms", "From arrival to receipt", advice: Milliseconds);
        _blockEntries = _meter.CreateHistogram("darkpool.log.block_entries", "{entry}", "Entries of a block", advice: Entries);
    }

    /// <summary>Registers what is read when metrics are collected.</summary>
    internal void Observe(Func<long> intakeBytes, Func<long> block, Func<RateClass, int> streams, Func<bool> ready)
    {
        _meter.CreateObservableGauge("darkpool.intake.bytes", intakeBytes, "By", "Bytes that wait to enter a block");
        _meter.CreateObservableGauge("darkpool.log.height", block, description: "Number of the last executed block");
        _meter.CreateObservableGauge("darkpool.ready", () => ready() ? 1 : 0, description: "1 while the venue takes envelopes");
        _meter.CreateObservableGauge(
            "darkpool.reports.streams",
            () => Enum.GetValues<RateClass>().Where(rateClass => rateClass.IsKnown())
                .Select(rateClass => new Measurement<int>(streams(rateClass), Label(rateClass))),
            description: "Open report streams, by rate class");
    }

    internal void BlockDurable(int entries, TimeSpan took)
    {
        _blocks.Add(1);
        _entries.Add(entries);
        _blockEntries.Record(entries);
        _append.Record(took.TotalMilliseconds);
    }

    internal void BlockCommitted(uint dropped, TimeSpan took)
    {
        _dropped.Add(dropped);
        _commit.Record(took.TotalMilliseconds);
    }

    internal void ReceiptGiven(TimeSpan waited) => _receipt.Record(waited.TotalMilliseconds);

    internal void FramesSent(RateClass rateClass, int frames) => _frames.Add(frames, Label(rateClass));

    internal void StreamDropped(RateClass rateClass) => _streamsDropped.Add(1, Label(rateClass));

    internal void Problem(string slug) => _problems.Add(1, new KeyValuePair<string, object?>("slug", slug));

    internal void StoreOutage() => _outages.Add(1);

    internal void SnapshotStored() => _snapshots.Add(1);

    internal void EnclaveLive() => _enclaveStarts.Add(1);

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Label(RateClass rateClass) => new("class", (int)rateClass);
}
