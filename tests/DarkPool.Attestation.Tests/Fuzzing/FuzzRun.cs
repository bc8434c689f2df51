using DarkPool.Attestation.Collaterals;

namespace DarkPool.Attestation.Tests.Fuzzing;

/// <summary>Judges mutants. None may be accepted, unless it says just what the sample says, and none may trip the verifier.</summary>
internal sealed class FuzzRun(IReadOnlyList<FuzzTarget> targets, int seed)
{
    private readonly EvidenceMutator _mutator = new(seed);
    private readonly Random _random = new(seed);

    /// <summary>How often each refusal came.</summary>
    public SortedDictionary<string, int> Refusals { get; } = new(StringComparer.Ordinal);

    /// <summary>Mutants that must not have been accepted, or that tripped the verifier: each is a bug.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>Mutants that differ from a genuine sample only in what carries no meaning, by mutated part.</summary>
    public SortedDictionary<string, int> Equivalents { get; } = new(StringComparer.Ordinal);

    public void Judge(int count)
    {
        for (var index = 0; index < count; index++) JudgeOne(index);
    }

    private void JudgeOne(int index)
    {
        var target = targets[_random.Next(targets.Count)];
        var part = "";
        Verdict verdict;
        try
        {
            verdict = JudgeMutant(target, out part);
        }
        catch (Exception exception)
        {
            Failures.Add($"{target.Name} {part} mutant {index} of seed {seed}: threw {exception}");
            return;
        }

        if (verdict.Refusal == Refusal.InternalError) Failures.Add($"{target.Name} {part} mutant {index} of seed {seed}: {verdict.Detail}");
        if (verdict.Accepted) Accept(target, part, verdict, index);
        Refusals[verdict.Refusal.ToString()] = Refusals.GetValueOrDefault(verdict.Refusal.ToString()) + 1;
    }

    /// <summary>An accepted mutant must say word for word what the sample says, or another one that the same policy accepts.</summary>
    private void Accept(FuzzTarget target, string part, Verdict verdict, int index)
    {
        var samples = targets.Where(other => ReferenceEquals(other.Policy, target.Policy));
        if (samples.Any(sample => SaySame(sample.Judge().Facts!, verdict.Facts!)))
            Equivalents[part] = Equivalents.GetValueOrDefault(part) + 1;
        else
            Failures.Add($"{target.Name} {part} mutant {index} of seed {seed}: accepted with other facts");
    }

    private static bool SaySame(EvidenceFacts genuine, EvidenceFacts mutant) =>
        genuine.ReportData.Span.SequenceEqual(mutant.ReportData.Span)
            && genuine.Measurements.OrderBy(pair => pair.Key).SequenceEqual(mutant.Measurements.OrderBy(pair => pair.Key))
            && genuine.Flags == mutant.Flags && genuine.TcbStatus == mutant.TcbStatus && genuine.Advisories.SequenceEqual(mutant.Advisories)
            && genuine.ValidFrom == mutant.ValidFrom && genuine.ValidTo == mutant.ValidTo;

    private Verdict JudgeMutant(FuzzTarget target, out string part)
    {
        var choice = _random.Next(10);
        if (choice < 5)
        {
            part = "quote";
            var others = targets.Where(other => other.Part == target.Part).Select(other => other.Sample).ToList();
            return target.Judge(_mutator.Mutate(target.Sample, others), target.EventLog, target.Collateral);
        }

        if (choice < 8)
        {
            var (name, bytes) = target.Members[_random.Next(target.Members.Count)];
            part = name;
            var collateral = CollateralFiles.TrySet(target.Collateral, name, _mutator.Mutate(bytes, []))!;
            return target.Judge(target.Sample, target.EventLog, collateral);
        }

        if (choice == 8 && target.EventLog is { } log)
        {
            part = "event log";
            return target.Judge(target.Sample, _mutator.Mutate(log, []), target.Collateral);
        }

        part = "bundle";
        var bundle = new Bundles.EvidenceBundle().With(target.Part, target.Sample).ToBytes();
        return target.JudgeRaw(_mutator.Mutate(bundle, []));
    }
}
