using System.Diagnostics;
using DarkPool.Attestation;
using DarkPool.Attestation.Bundles;
using DarkPool.Attestation.Collaterals;
using DarkPool.Attestation.Testing.Fuzzing;
using DarkPool.Attestation.Testing.Platforms;

namespace DarkPool.Load.Mutate;

/// <summary>
/// Judges inputs that are hostile by their length, at four lengths each twice the one before. The exponent of time over length tells linear
/// work from quadratic, whatever the machine.
/// </summary>
internal static class GrowthMeasurement
{
    private const int Shortest = 120 * 1024;
    private const int Steps = 4;
    private const int Repetitions = 7;
    private const int Attempts = 5;

    /// <summary>Below this a time is that of the clock and of the verification around the input.</summary>
    private const double LeastMilliseconds = 0.1;

    public static IEnumerable<GrowthFigures> RunAll()
    {
        var intel = new SyntheticIntel(SyntheticTargets.Now);
        var quote = intel.TdxQuote(SyntheticTargets.ReportData);
        var target = new FuzzTarget(
            "", EvidencePart.DcapQuote, quote, null, intel.Collateral(), intel.Policy(), SyntheticTargets.ReportData, SyntheticTargets.Now);
        foreach (var (shape, make) in HostileShapes.All(quote))
        {
            yield return Measure($"{shape}: quote", make, bytes => target.Judge(bytes, null, target.Collateral));
            yield return Measure($"{shape}: event log", make, bytes => target.Judge(quote, bytes, target.Collateral));
            yield return Measure($"{shape}: bundle", make, target.JudgeRaw);
            foreach (var (name, _) in target.Members)
            {
                yield return Measure(
                    $"{shape}: {name}", make, bytes => target.Judge(quote, null, CollateralFiles.TrySet(target.Collateral, name, bytes)!));
            }
        }
    }

    /// <summary>Once more if it looks bad: what disturbs only makes longer, and a reader that is quadratic stays so.</summary>
    private static GrowthFigures Measure(string shape, Func<int, byte[]> make, Func<byte[], Verdict> judge)
    {
        var lengths = Enumerable.Range(0, Steps).Select(step => Shortest << step).ToList();
        var inputs = lengths.ConvertAll(length => make(length));
        foreach (var input in inputs) judge(input);
        var times = inputs.ConvertAll(input => FastestRun(input, judge));
        for (var attempt = 0; attempt < Attempts && ExponentOf(times) > MutateFigures.MaxExponent; attempt++)
            times = [.. inputs.Zip(times, (input, time) => Math.Min(time, FastestRun(input, judge)))];
        return new GrowthFigures(shape, lengths, times, ExponentOf(times));
    }

    private static double ExponentOf(List<double> times) =>
        Math.Log2(Math.Max(times[^1], LeastMilliseconds) / Math.Max(times[0], LeastMilliseconds)) / (Steps - 1);

    private static double FastestRun(byte[] input, Func<byte[], Verdict> judge)
    {
        var shortest = double.MaxValue;
        for (var run = 0; run < Repetitions; run++)
        {
            var start = Stopwatch.GetTimestamp();
            judge(input);
            shortest = Math.Min(shortest, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return shortest;
    }
}
