using BenchmarkDotNet.Attributes;
using DarkPool.Attestation;
using DarkPool.Attestation.Testing.Fuzzing;
using DarkPool.Attestation.Testing.Vectors;

namespace DarkPool.Benchmarks.Attestation;

/// <summary>
/// A whole verification up to the maker's root: of published genuine evidence where the vectors are, else of the synthetic platforms.
/// </summary>
[MemoryDiagnoser]
public class EvidenceBenchmarks
{
    private FuzzTarget? _target;

    [ParamsSource(nameof(Samples))]
    public string Sample { get; set; } = "";

    public static IEnumerable<string> Samples => All().Select(target => target.Name);

    [GlobalSetup]
    public void Prepare() => _target = All().Single(target => target.Name == Sample);

    [Benchmark]
    public Verdict Verify() => _target!.Judge();

    private static List<FuzzTarget> All() => FuzzSamples.OfVectors() is { Count: > 0 } genuine ? genuine : SyntheticTargets.All();
}
