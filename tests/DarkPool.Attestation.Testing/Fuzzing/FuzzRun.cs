using System.Diagnostics;
using DarkPool.Attestation.Collaterals;

namespace DarkPool.Attestation.Testing.Fuzzing;

/// <summary>Judges mutants. None may be accepted, unless it says just what the sample says, and none may trip the verifier.</summary>
internal sealed class FuzzRun(IReadOnlyList<FuzzTarget> targets, int seed)
{
    private readonly EvidenceMutator _mutator = new(seed);
    private readonly Random _random = new(seed);

    /// <summary>Mutants judged.</summary>
    public long Judged { get; private set; }

    /// <summary>Mutants in which a structure was changed as such.</summary>
    public long Structured => _mutator.Structured;

    /// <summary>Mutants for which the verifier threw, or said that it failed itself: each is a bug.</summary>
    public long Exceptions { get; private set; }

    /// <summary>Mutants accepted although they say something else than a genuine sample: each is a bug.</summary>
    public long Acceptances { get; private set; }

    /// <summary>How often each refusal came.</summary>
    public SortedDictionary<string, long> Refusals { get; } = new(StringComparer.Ordinal);

    /// <summary>The bugs found, in words.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>Mutants that differ from a genuine sample only in what carries no meaning, by mutated part.</summary>
    public SortedDictionary<string, long> Equivalents { get; } = new(StringComparer.Ordinal);

    /// <summary>The mutant that took longest.</summary>
    public SlowestMutant Slowest { get; private set; } = new("", "", 0, seed, 0, 0, TimeSpan.Zero);

    public void Judge(long count)
    {
        for (var index = 0L; index < count; index++) JudgeOne();
    }

    private void JudgeOne()
    {
        var target = targets[_random.Next(targets.Count)];
        var mutant = Mutate(target);
        var index = Judged++;
        var start = Stopwatch.GetTimestamp();
        try
        {
            var verdict = mutant.Judge();
            Note(target, mutant, Stopwatch.GetElapsedTime(start), index);
            if (verdict.Refusal == Refusal.InternalError) Fail(target, mutant.Part, index, verdict.Detail);
            if (verdict.Accepted) Accept(target, mutant.Part, verdict, index);
            Refusals[verdict.Refusal.ToString()] = Refusals.GetValueOrDefault(verdict.Refusal.ToString()) + 1;
        }
        catch (Exception exception)
        {
            Fail(target, mutant.Part, index, $"threw {exception}");
        }
    }

    private void Fail(FuzzTarget target, string part, long index, string what)
    {
        Exceptions++;
        Failures.Add($"{target.Name} {part} mutant {index} of seed {seed}: {what}");
    }

    private void Note(FuzzTarget target, Mutant mutant, TimeSpan time, long index)
    {
        if (time > Slowest.Time) Slowest = new(target.Name, mutant.Part, index, seed, mutant.Length, (int)mutant.Result, time);
    }

    /// <summary>An accepted mutant must say word for word what the sample says, or another one that the same policy accepts.</summary>
    private void Accept(FuzzTarget target, string part, Verdict verdict, long index)
    {
        var samples = targets.Where(other => ReferenceEquals(other.Policy, target.Policy));
        if (samples.Any(sample => SaySame(sample.Judge().Facts!, verdict.Facts!)))
        {
            Equivalents[part] = Equivalents.GetValueOrDefault(part) + 1;
            return;
        }

        Acceptances++;
        Failures.Add($"{target.Name} {part} mutant {index} of seed {seed}: accepted with other facts");
    }

    private static bool SaySame(EvidenceFacts genuine, EvidenceFacts mutant) =>
        genuine.ReportData.Span.SequenceEqual(mutant.ReportData.Span)
            && genuine.Measurements.OrderBy(pair => pair.Key).SequenceEqual(mutant.Measurements.OrderBy(pair => pair.Key))
            && genuine.Flags == mutant.Flags && genuine.TcbStatus == mutant.TcbStatus && genuine.Advisories.SequenceEqual(mutant.Advisories)
            && genuine.ValidFrom == mutant.ValidFrom && genuine.ValidTo == mutant.ValidTo;

    private Mutant Mutate(FuzzTarget target)
    {
        var choice = _random.Next(10);
        if (choice < 5)
        {
            var others = targets.Where(other => other.Part == target.Part).Select(other => other.Sample).ToList();
            var quote = _mutator.Mutate(target.Sample, others);
            return new Mutant("quote", quote.Length, () => target.Judge(quote, target.EventLog, target.Collateral));
        }

        if (choice < 8 && target.Members.Count > 0)
        {
            var (name, bytes) = target.Members[_random.Next(target.Members.Count)];
            var member = _mutator.Mutate(bytes, []);
            var collateral = CollateralFiles.TrySet(target.Collateral, name, member)!;
            return new Mutant(name, member.Length, () => target.Judge(target.Sample, target.EventLog, collateral));
        }

        if (choice == 8 && target.EventLog is { } log)
        {
            var changed = _mutator.Mutate(log, []);
            return new Mutant("event log", changed.Length, () => target.Judge(target.Sample, changed, target.Collateral));
        }

        var bundle = _mutator.Mutate(new Bundles.EvidenceBundle().With(target.Part, target.Sample).ToBytes(), []);
        return new Mutant("bundle", bundle.Length, () => target.JudgeRaw(bundle));
    }

    /// <summary>What was mutated, and how it is judged; making it is not part of the time.</summary>
    private sealed class Mutant(string part, int length, Func<Verdict> judge)
    {
        public string Part => part;

        public int Length => length;

        public Refusal Result { get; private set; }

        public Verdict Judge()
        {
            var verdict = judge();
            Result = verdict.Refusal;
            return verdict;
        }
    }
}

/// <summary>A mutant and how long the verifier took over it.</summary>
/// <param name="Target">The sample it was made of.</param>
/// <param name="Part">What was mutated.</param>
/// <param name="Index">Its number in the run.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Length">Bytes of the mutated part.</param>
/// <param name="Result">Number of the refusal.</param>
/// <param name="Time">How long it took.</param>
internal sealed record SlowestMutant(string Target, string Part, long Index, int Seed, int Length, int Result, TimeSpan Time);
