using System.Diagnostics.Metrics;

namespace DarkPool.Chain.Publication;

/// <summary>The counters of a publisher, as its status and as instruments of the meter <see cref="MeterName"/>.</summary>
public sealed class PublisherMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "DarkPool.Chain.Publisher";

    private readonly Meter _meter = new(MeterName);
    private ulong _registrySequence;
    private ulong _confirmedSequence;
    private long _transactions;
    private long _confirmed;
    private long _reorganized;
    private long _faults;
    private volatile string? _fault;

    internal PublisherMetrics()
    {
        Count("darkpool.settlement.transactions", "Settlement transactions sent", () => Interlocked.Read(ref _transactions));
        Count("darkpool.settlement.confirmed", "Settlement batches confirmed on chain", () => Interlocked.Read(ref _confirmed));
        Count("darkpool.settlement.reorganized", "Confirmations lost to reorganisations", () => Interlocked.Read(ref _reorganized));
        Count("darkpool.settlement.faults", "Publication rounds that ended with a fault", () => Interlocked.Read(ref _faults));
        _meter.CreateObservableGauge(
            "darkpool.settlement.registry.sequence", () => (long)Interlocked.Read(ref _registrySequence), null, "Last batch on chain");
    }

    /// <summary>How the publisher stands.</summary>
    public PublisherStatus Status => new(
        Interlocked.Read(ref _registrySequence),
        Interlocked.Read(ref _confirmedSequence),
        Interlocked.Read(ref _transactions),
        Interlocked.Read(ref _confirmed),
        Interlocked.Read(ref _reorganized),
        Interlocked.Read(ref _faults),
        _fault);

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    internal void RegistryAt(ulong sequence) => Interlocked.Exchange(ref _registrySequence, sequence);

    internal void ConfirmedAt(ulong sequence) => Interlocked.Exchange(ref _confirmedSequence, sequence);

    internal void Sent() => Interlocked.Increment(ref _transactions);

    internal void BatchesConfirmed(IReadOnlyList<BatchConfirmed> facts)
    {
        Interlocked.Add(ref _confirmed, facts.Count);
        ConfirmedAt(facts[^1].Sequence);
    }

    internal void BatchesReorganized(IReadOnlyList<BatchReorganized> facts)
    {
        Interlocked.Add(ref _reorganized, facts.Count);
        ConfirmedAt(facts[^1].Sequence - 1);
    }

    internal void RoundSucceeded() => _fault = null;

    internal void RoundFailed(string fault)
    {
        Interlocked.Increment(ref _faults);
        _fault = fault;
    }

    private void Count(string name, string description, Func<long> read) => _meter.CreateObservableCounter(name, read, null, description);
}
