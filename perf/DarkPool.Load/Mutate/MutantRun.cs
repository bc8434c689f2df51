using System.Diagnostics;
using System.Globalization;
using DarkPool.Attestation;
using DarkPool.Attestation.Testing.Fuzzing;

namespace DarkPool.Load.Mutate;

/// <summary>Judges mutants on several threads, each with a seed of its own, and says on standard error how far it is.</summary>
internal sealed class MutantRun(IReadOnlyList<FuzzTarget> targets, int seed, int workers)
{
    private const int Portion = 500;
    private const int MaxFailures = 100;

    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(5);

    private readonly FuzzRun[] _runs = [.. Enumerable.Range(0, workers).Select(worker => new FuzzRun(targets, seed + worker))];
    private TimeSpan _time;
    private long _judged;

    /// <summary>Judges so many; false if it was interrupted.</summary>
    public async Task<bool> JudgeAsync(long count, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        var working = Task.WhenAll(_runs.Select((run, worker) => Task.Factory.StartNew(
            () => Judge(run, Share(count, worker), cancellation), CancellationToken.None, TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
        using var timer = new PeriodicTimer(ProgressInterval);
        while (await Task.WhenAny(working, timer.WaitForNextTickAsync(CancellationToken.None).AsTask()) != working)
        {
            var done = Volatile.Read(ref _judged);
            var rate = done / Stopwatch.GetElapsedTime(start).TotalSeconds;
            await Console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{done:N0} of {count:N0} mutants, {rate:N0} a second, {(count - done) / Math.Max(rate, 1):N0} s to go"));
        }

        await working;
        _time = Stopwatch.GetElapsedTime(start);
        return !cancellation.IsCancellationRequested;
    }

    public MutateFigures Figures()
    {
        var slowest = _runs.MaxBy(run => run.Slowest.Time)!.Slowest;
        return new MutateFigures
        {
            Mutants = _runs.Sum(run => run.Judged),
            Samples = targets.Count,
            Structured = _runs.Sum(run => run.Structured),
            Workers = workers,
            Seconds = _time.TotalSeconds,
            Exceptions = _runs.Sum(run => run.Exceptions),
            Acceptances = _runs.Sum(run => run.Acceptances),
            OfEqualMeaning = _runs.Sum(run => run.Equivalents.Values.Sum()),
            EqualMeaningByPart = Merged(_runs.Select(run => run.Equivalents)),
            Refusals = Merged(_runs.Select(run => run.Refusals)),
            Slowest = new SlowestFigures(
                slowest.Target, slowest.Part, slowest.Index, slowest.Seed, slowest.Length, ((Refusal)slowest.Result).ToString(),
                slowest.Time.TotalMilliseconds),
            Failures = [.. _runs.SelectMany(run => run.Failures).Take(MaxFailures)],
        };
    }

    private long Share(long count, int worker) => (count / workers) + (worker < count % workers ? 1 : 0);

    private void Judge(FuzzRun run, long count, CancellationToken cancellation)
    {
        for (var left = count; left > 0 && !cancellation.IsCancellationRequested; left -= Portion)
        {
            var now = Math.Min(left, Portion);
            run.Judge(now);
            Interlocked.Add(ref _judged, now);
        }
    }

    private static SortedDictionary<string, long> Merged(IEnumerable<SortedDictionary<string, long>> counts)
    {
        var merged = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (name, times) in counts.SelectMany(count => count)) merged[name] = merged.GetValueOrDefault(name) + times;
        return merged;
    }
}
