using BenchmarkDotNet.Attributes;
using DarkPool.Attestation.Policies;
using DarkPool.Attestation.Testing.Platforms;

namespace DarkPool.Benchmarks.Attestation;

/// <summary>Reading and hashing a policy.</summary>
[MemoryDiagnoser]
public class PolicyBenchmarks
{
    private readonly AttestationPolicy _policy = new SyntheticIntel(DateTimeOffset.UnixEpoch.AddYears(56)).Policy();
    private byte[] _json = [];

    [GlobalSetup]
    public void Prepare() => _json = _policy.ToCanonicalJson();

    [Benchmark]
    public bool Read() => AttestationPolicy.TryParse(_json, out _, out _);

    [Benchmark]
    public ReadOnlyMemory<byte> Hash() => _policy.Hash;
}
