using DarkPool.Attestation.Bundles;
using DarkPool.Attestation.Collaterals;
using DarkPool.Attestation.Testing.Fuzzing;
using DarkPool.Attestation.Testing.Platforms;
using DarkPool.Attestation.Testing.Vectors;
using Xunit;
using Xunit.Abstractions;

namespace DarkPool.Attestation.Tests.Fuzzing;

/// <summary>Ten thousand mutants of genuine evidence and of its collateral; <c>perf/DarkPool.Load mutate</c> judges a million.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Mutants = 10_000;
    private const int Seed = 20_260_501;

    [Fact]
    public void No_mutant_of_synthetic_evidence_is_accepted_or_trips_the_verifier() => Run(SyntheticTargets.All(), Mutants);

    [Fact]
    [Trait("Category", "Vectors")]
    public void No_mutant_of_real_evidence_is_accepted_or_trips_the_verifier()
    {
        var targets = FuzzSamples.OfVectors();
        if (targets.Count > 0) Run(targets, Mutants);
    }

    [Fact]
    public void Evidence_made_of_nothing_but_the_longest_lists_is_refused_without_much_work()
    {
        var intel = new SyntheticIntel(SyntheticTargets.Now);
        var quote = intel.TdxQuote(SyntheticTargets.ReportData);
        var pem = "-----BEGIN CERTIFICATE-----\n"u8.ToArray();
        foreach (var hostile in new[]
        {
            [.. quote[..700], .. Repeat(pem, 900_000)],
            Repeat("[{\"imr\":3,"u8.ToArray(), 1_000_000),
            Repeat([0x30, 0x80], 1_000_000),
            Repeat([0x30, 0x84, 0x00, 0x0f, 0xff, 0xff], 1_000_000),
        })
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var target = new FuzzTarget(
                "", EvidencePart.DcapQuote, quote, null, intel.Collateral(), intel.Policy(), SyntheticTargets.ReportData,
                SyntheticTargets.Now);
            Assert.False(target.Judge(hostile, null, target.Collateral).Accepted);
            Assert.False(target.Judge(quote, hostile, target.Collateral).Accepted);
            foreach (var (name, _) in target.Members)
                Assert.False(target.Judge(quote, null, CollateralFiles.TrySet(target.Collateral, name, hostile)!).Accepted);

            // Allocation stands for work here: linear in the input, whatever it says about its own lengths.
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 400L * 1024 * 1024);
        }
    }

    private static byte[] Repeat(byte[] block, int length)
    {
        var repeated = new byte[length / block.Length * block.Length];
        for (var offset = 0; offset < repeated.Length; offset += block.Length) block.CopyTo(repeated, offset);
        return repeated;
    }

    private void Run(List<FuzzTarget> targets, int count)
    {
        Assert.All(targets, target => Assert.True(target.Judge().Accepted, $"{target.Name}: {target.Judge()}"));
        var run = new FuzzRun(targets, Seed);
        run.Judge(count);
        output.WriteLine($"{count} mutants: {string.Join(", ", run.Refusals.Select(pair => $"{pair.Key} {pair.Value}"))}");
        output.WriteLine($"of equal meaning: {string.Join(", ", run.Equivalents.Select(pair => $"{pair.Key} {pair.Value}"))}");
        Assert.Empty(run.Failures);
        Assert.InRange(run.Structured, count / 2, count);
        Assert.True(run.Refusals.Count > 12, "the mutants do not get far");
    }
}
