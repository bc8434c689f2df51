using DarkPool.Chain.Rpc;
using DarkPool.Chain.Settlement;
using DarkPool.Chain.Signing;

namespace DarkPool.Chain.Publication;

/// <summary>
/// Publishes the batches of an outbox on chain: each once, in order, across restarts of either side and reorganisations. All it knows
/// it reads anew in every round from the outbox and the chain, so it can be stopped at any point. It never throws because the chain is gone
/// or slow: it waits and tries again.
/// </summary>
public sealed class SettlementPublisher : IDisposable
{
    /// <summary>Pending batches looked at in one round: more than can be waiting for confirmations.</summary>
    private const int PendingLimit = 1024;

    private readonly RegistryClient _registry;
    private readonly ISettlementOutbox _outbox;
    private readonly PublisherOptions _options;
    private readonly TimeProvider _time;
    private readonly ReorgWatch _watch;
    private readonly BatchConfirmer _confirmer;
    private readonly IBatchSubmitter _submitter;
    private readonly SemaphoreSlim _wake = new(0, 1);

    /// <summary>Publishes with an account of its own.</summary>
    /// <param name="registry">The registry and its node.</param>
    /// <param name="key">The key of the account that pays, used by nobody else; it stays its owner's.</param>
    /// <param name="outbox">The batches.</param>
    /// <param name="options">How patiently to work.</param>
    /// <param name="time">The clock; the system's if null.</param>
    public SettlementPublisher(
        RegistryClient registry, EvmKey key, ISettlementOutbox outbox, PublisherOptions options, TimeProvider? time = null)
        : this(registry, outbox, options, time) =>
        _submitter = new BatchSubmitter(registry, key, outbox, options, Metrics, _time);

    /// <summary>Publishes through somebody who signs the transactions.</summary>
    /// <param name="registry">The registry and its node.</param>
    /// <param name="carrier">Sends what is due.</param>
    /// <param name="outbox">The batches.</param>
    /// <param name="options">How patiently to work.</param>
    /// <param name="time">The clock; the system's if null.</param>
    public SettlementPublisher(
        RegistryClient registry, ISettlementCarrier carrier, ISettlementOutbox outbox, PublisherOptions options, TimeProvider? time = null)
        : this(registry, outbox, options, time) =>
        _submitter = new CarriedSubmitter(registry, carrier, outbox, options, Metrics, _time);

    private SettlementPublisher(RegistryClient registry, ISettlementOutbox outbox, PublisherOptions options, TimeProvider? time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Confirmations, 1);
        _registry = registry;
        _outbox = outbox;
        _options = options;
        _time = time ?? TimeProvider.System;
        _watch = new ReorgWatch(registry.Node, outbox, options, Metrics, _time);
        _confirmer = new BatchConfirmer(registry, outbox, options, Metrics, _time);
        _submitter = null!;
    }

    /// <summary>What it has done.</summary>
    public PublisherMetrics Metrics { get; } = new();

    /// <summary>Tells it that the outbox has a new batch, so that it need not wait for its next look.</summary>
    public void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is told already.
        }
    }

    /// <summary>Publishes until cancelled. What the outbox throws ends it as well, for only its owner knows whether to go on.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="SettlementConflictException">The registry has another history: publication ends.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var pause = _options.FirstPause;
        while (true)
        {
            try
            {
                var next = await RoundAsync(cancellation);
                Metrics.RoundSucceeded();
                pause = _options.FirstPause;
                if (next > TimeSpan.Zero) await WaitAsync(next, cancellation);
            }
            catch (Exception e) when (
                e is ChainUnavailableException or JsonRpcException or ContractRevertedException or SettlementNotCarriedException)
            {
                Metrics.RoundFailed(e.Message);
                await _time.PauseAsync(pause, cancellation);
                pause = pause * 2 < _options.LongestPause ? pause * 2 : _options.LongestPause;
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Metrics.Dispose();
        _wake.Dispose();
    }

    /// <summary>Looks once at outbox and chain and does what is due.</summary>
    /// <returns>How long to wait for the next round.</returns>
    internal async Task<TimeSpan> RoundAsync(CancellationToken cancellation)
    {
        await _watch.CheckAsync(cancellation);
        var begun = await _submitter.BeginAsync(cancellation);
        var state = await _registry.LastAsync(cancellation);
        Metrics.RegistryAt(state.Sequence);

        var pending = await _outbox.ReadPendingAsync(PendingLimit, cancellation);
        if (pending.Count == 0) return _options.IdleInterval;
        var recorded = pending.TakeWhile(p => p.Batch.Sequence <= state.Sequence).ToList();
        var confirmed = await _confirmer.ConfirmAsync(recorded, cancellation);

        var next = pending.Skip(recorded.Count).ToList();
        // A registry that is behind the outbox is one on a node that is late; or the reorganisation is noticed in the next round.
        var follows = next.Count > 0 && next[0].Batch.Sequence == state.Sequence + 1;
        if (follows && await _submitter.SubmitAsync(begun, next, cancellation)) return TimeSpan.Zero;
        return confirmed == pending.Count ? _options.IdleInterval : _options.PollInterval;
    }

    private async Task WaitAsync(TimeSpan longest, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(longest, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            await _wake.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The time is over and nobody called.
        }
    }
}
