using System.CommandLine;
using System.Globalization;

namespace DarkPool.Load.Crash;

/// <summary><c>crash</c>: real crashes, the dark auction beside the fixed bonus with the same positions and buyers, and an
/// observer.</summary>
internal static class CrashCommand
{
    public static Command Create()
    {
        var defaults = new CrashTerms();
        var prices = new Option<DirectoryInfo?>("--prices") { Description = "Folder of hourly prices; DARKPOOL_DATA or ../shared/data." };
        var positions = Number("--positions", "Borrowers.", defaults.Positions);
        var depth = Number("--depth", "What buyers can pay in an hour, basis points of the collateral.", (int)defaults.DepthPerHour);
        var target = Number("--target", "Health that a dark sale restores, basis points.", (int)defaults.TargetHealth);
        var ramp = Number("--ramp", "Seconds in which the bonus grows to the profile's.", (int)defaults.RampSeconds);
        var seed = Number("--seed", "Seed of the population.", defaults.Seed);
        var json = LoadOutput.JsonOption();
        var command = new Command("crash", "Liquidations on real crashes: dark auction and fixed bonus.")
        {
            prices, positions, depth, target, ramp, seed, json,
        };
        command.SetAction(parsed =>
        {
            var folder = CrashPath.FindFolder(parsed.GetValue(prices)?.FullName);
            if (folder is null)
            {
                Console.Error.WriteLine("No folder of hourly prices: give --prices or set DARKPOOL_DATA.");
                return 2;
            }

            var terms = new CrashTerms
            {
                Positions = parsed.GetValue(positions),
                DepthPerHour = (uint)parsed.GetValue(depth),
                TargetHealth = (uint)parsed.GetValue(target),
                RampSeconds = (uint)parsed.GetValue(ramp),
                Seed = parsed.GetValue(seed),
            };
            LoadOutput.Print(CrashReport.Measure(terms, folder), parsed.GetValue(json), Text);
            return 0;
        });
        return command;
    }

    private static Option<int> Number(string name, string description, int value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };

    private static IEnumerable<string> Text(CrashReport report)
    {
        yield return report.Assumptions;
        yield return "";
        yield return "path     rule    bad debt $   (open) $   borrowers' loss $      sold $   sales  episodes  mean min   p99 min  left";
        foreach (var comparison in report.Paths)
        {
            yield return Line(comparison.Path, "fixed", comparison.Fixed);
            yield return Line(comparison.Path, "dark", comparison.Dark);
        }

        yield return "";
        yield return "observer: area under the curve for the nearest tenth (0.5 is chance)";
        yield return $"{"strategy",-42} {"published",10} {"no salt",10} {"health leaked",14}";
        foreach (var (salted, unsalted, leaked) in report.Observed.Zip(report.ObservedWithoutSalt, report.ObservedWithHealth))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"{salted.Strategy,-42} {salted.Auc,10:F3} {unsalted.Auc,10:F3} {leaked.Auc,14:F3}");
        }
    }

    private static string Line(string path, string rule, CrashFigures figures) => string.Create(
        CultureInfo.InvariantCulture,
        $"{path,-8} {rule,-6} {figures.BadDebt,11:N0} {figures.UnrealisedBadDebt,10:N0} {figures.BorrowersLoss,19:N0} {figures.Sold,11:N0} "
        + $"{figures.Sales,7:N0} {figures.UnhealthyEpisodes,9:N0} {figures.MeanMinutesToHealth,9:F1} {figures.P99MinutesToHealth,9:F1} "
        + $"{figures.StillUnhealthy,5:N0}");
}
