using DarkPool.Chain.Publication;
using DarkPool.Chain.Settlement;
using Xunit;

namespace DarkPool.Chain.Tests.Publication;

/// <summary>The end of a process in the middle of something.</summary>
internal sealed class CrashException : Exception;

/// <summary>
/// An outbox that outlives publishers, holds every rule of its interface against them, and lets them crash before or after any of its
/// steps.
/// </summary>
internal sealed class MemoryOutbox : ISettlementOutbox
{
    private readonly Lock _gate = new();
    private readonly List<SignedBatch> _batches = [];
    private readonly List<BatchConfirmed> _confirmed = [];
    private readonly List<BatchReorganized> _reorganized = [];
    private readonly List<BatchSubmitted> _submitted = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Steps until a crash; negative for none. Each call is two steps: before and after it takes effect.</summary>
    public int StepsUntilCrash { get; set; } = -1;

    public IReadOnlyList<BatchConfirmed> Confirmed => Locked(() => _confirmed.ToArray());

    public IReadOnlyList<BatchReorganized> Reorganized => Locked(() => _reorganized.ToArray());

    public IReadOnlyList<BatchSubmitted> Submitted => Locked(() => _submitted.ToArray());

    public void Add(IEnumerable<SignedBatch> batches) => Locked(() =>
    {
        _batches.AddRange(batches);
        return 0;
    });

    public async Task UntilAsync(Func<MemoryOutbox, bool> condition, TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        while (true)
        {
            var changed = Locked(() => _changed.Task);
            if (condition(this)) return;
            await changed.WaitAsync(limit.Token);
        }
    }

    public Task<IReadOnlyList<SignedBatch>> ReadPendingAsync(int limit, CancellationToken cancellation) =>
        Step<IReadOnlyList<SignedBatch>>(() => [.. _batches.Skip(_confirmed.Count).Take(limit)]);

    public Task<IReadOnlyList<BatchConfirmed>> ReadConfirmedAsync(int limit, CancellationToken cancellation) =>
        Step<IReadOnlyList<BatchConfirmed>>(() => [.. _confirmed.AsEnumerable().Reverse().Take(limit)]);

    public Task RecordSubmittedAsync(IReadOnlyList<BatchSubmitted> facts, CancellationToken cancellation) => Step(() =>
    {
        _submitted.AddRange(facts);
        return 0;
    });

    public Task RecordConfirmedAsync(IReadOnlyList<BatchConfirmed> facts, CancellationToken cancellation) => Step(() =>
    {
        foreach (var fact in facts)
        {
            Assert.Equal((ulong)_confirmed.Count + 1, fact.Sequence);
            _confirmed.Add(fact);
        }

        return 0;
    });

    public Task RecordReorganizedAsync(IReadOnlyList<BatchReorganized> facts, CancellationToken cancellation) => Step(() =>
    {
        foreach (var fact in facts)
        {
            Assert.Equal((_confirmed[^1].Sequence, _confirmed[^1].Transaction), (fact.Sequence, fact.Transaction));
            _confirmed.RemoveAt(_confirmed.Count - 1);
            _reorganized.Add(fact);
        }

        return 0;
    });

    private Task<T> Step<T>(Func<T> action)
    {
        CountDown();
        var result = Locked(action);
        CountDown();
        return Task.FromResult(result);
    }

    private void CountDown()
    {
        if (StepsUntilCrash < 0) return;
        if (StepsUntilCrash-- == 0) throw new CrashException();
    }

    private T Locked<T>(Func<T> action)
    {
        lock (_gate)
        {
            var result = action();
            _changed.TrySetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return result;
        }
    }
}
