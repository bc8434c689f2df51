using System.CommandLine;
using System.Globalization;
using DarkPool.Attestation.Testing.Fuzzing;
using DarkPool.Attestation.Testing.Vectors;

namespace DarkPool.Load.Mutate;

/// <summary><c>mutate</c>: hostile evidence by the million, and how the time for the most hostile grows with its length.</summary>
internal static class MutateCommand
{
    private const long DefaultCount = 1_000_000;
    private const int DefaultSeed = 20_260_501;

    public static Command Create()
    {
        var count = new Option<long>("--count") { Description = "Mutants to judge.", DefaultValueFactory = _ => DefaultCount };
        var seed = new Option<int>("--seed") { Description = "From which everything follows.", DefaultValueFactory = _ => DefaultSeed };
        var workers = new Option<int>("--workers")
        {
            Description = "Threads, each with a seed of its own.",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        var json = LoadOutput.JsonOption();
        count.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<long>() < 1) result.AddError("--count is at least 1.");
        });
        workers.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 256) result.AddError("--workers is a number from 1 to 256.");
        });
        var command = new Command(
            "mutate", "Mutants of genuine evidence and of its collateral: none may be accepted, trip the verifier, or cost quadratic time.")
        {
            count, seed, workers, json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(count), parsed.GetValue(seed), parsed.GetValue(workers), parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(long count, int seed, int workers, bool json, CancellationToken cancellation)
    {
        // Those of the vectors need the folder; without it the synthetic ones remain.
        List<FuzzTarget> targets = [.. SyntheticTargets.All(), .. FuzzSamples.OfVectors()];
        if (targets.Find(target => !target.Judge().Accepted) is { } broken)
        {
            await Console.Error.WriteLineAsync($"The sample {broken.Name} itself is not accepted: {broken.Judge()}");
            return 1;
        }

        var run = new MutantRun(targets, seed, workers);
        if (!await run.JudgeAsync(count, cancellation)) return 130;
        var figures = run.Figures() with { Growth = [.. GrowthMeasurement.RunAll()] };
        LoadOutput.Print(figures, json, Text);
        return figures.Holds ? 0 : 1;
    }

    private static IEnumerable<string> Text(MutateFigures figures)
    {
        static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
        yield return Line($"{figures.Mutants:N0} mutants of {figures.Samples} samples, {figures.Structured:N0} of them structure-aware,");
        yield return Line($"in {figures.Seconds:F0} s on {figures.Workers} threads: {figures.MutantsPerSecond:N0} a second");
        yield return Line($"exceptions {figures.Exceptions}, acceptances {figures.Acceptances}");
        yield return Line($"of equal meaning (white space, bytes after a quote, order of members): {figures.OfEqualMeaning:N0}");
        foreach (var (refusal, times) in figures.Refusals) yield return Line($"  {refusal,-32} {times,10:N0}");
        yield return Line($"slowest: {figures.Slowest.Milliseconds:F1} ms, {figures.Slowest.Target} {figures.Slowest.Part}, ")
            + Line($"mutant {figures.Slowest.Index} of seed {figures.Slowest.Seed}, {figures.Slowest.Length:N0} bytes");
        yield return Line($"{figures.Growth.Count} hostile shapes; those whose time grows:         bytes        ms  exponent (2: square)");
        foreach (var growth in figures.Growth.Where(growth => growth.Exponent > 0))
        {
            yield return Line($"{growth.Shape,-48} {growth.Lengths[^1],10:N0} {growth.Milliseconds[^1],9:F2} {growth.Exponent,9:F2}");
        }

        yield return Line($"largest exponent {figures.LargestExponent:F2}, limit {figures.ExponentLimit:F1}");
        foreach (var failure in figures.Failures) yield return "FAILED " + failure;
    }
}
