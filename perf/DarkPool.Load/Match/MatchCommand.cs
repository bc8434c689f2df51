using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using DarkPool.Load.OrderFlow;

namespace DarkPool.Load.Match;

/// <summary><c>match</c>: the book alone, every event consumed, beside a plain book in the same run.</summary>
internal static class MatchCommand
{
    private const int DefaultDays = 60;

    public static Command Create()
    {
        var orders = new Option<FileInfo?>("--orders")
        {
            Description = $"A LOBSTER message file; without it, all in the folder {FileDays.DataVariable} or ../shared/data.",
        };
        var days = new Option<int>("--days") { Description = "How often to repeat a file's day.", DefaultValueFactory = _ => DefaultDays };
        var json = LoadOutput.JsonOption();
        var command = new Command("match", "The book alone: file days, published sessions, sweeps.") { orders, days, json };
        command.SetAction(parsed =>
        {
            var figures = Measure(parsed.GetValue(orders), parsed.GetValue(days));
            LoadOutput.Print(figures, parsed.GetValue(json), Text);
        });
        return command;
    }

    private static MatchFigures Measure(FileInfo? orders, int days)
    {
        foreach (var file in FileDays.Find(orders)) new FlowMeasurement(FileDays.Read(file, days: 1)).WarmUp();
        var fileDays = FileDays.Find(orders).Select(file => new FlowMeasurement(FileDays.Read(file, days)).Run()).ToList();
        var sessions = SyntheticFlows.Sessions().ToList();
        var synthetic = sessions.Append(SyntheticFlows.Sweeps()).Select(flow => new FlowMeasurement(flow).Run()).ToList();
        return new MatchFigures
        {
            Flows = [.. fileDays, .. synthetic],
            LeastRatioOfFileDays = fileDays.Select(flow => flow.Ratio).DefaultIfEmpty().Min(),
            RatioOfAllFileDays = RatioOfAll(fileDays),
            LeastRatioOfSyntheticFlows = synthetic.Min(flow => flow.Ratio),
            SpreadOfSessions = FlowSpread.Measure(sessions),
            ClockNs = ClockCost(),
        };
    }

    private static double RatioOfAll(List<FlowFigures> days) => days.Count == 0
        ? 0
        : days.Sum(day => day.Operations / day.BaselineOperationsPerSecond) / days.Sum(day => day.Operations / day.OperationsPerSecond);

    private static long ClockCost()
    {
        const int reads = 1_000_000;
        var start = Stopwatch.GetTimestamp();
        for (var read = 0; read < reads; read++) Stopwatch.GetTimestamp();
        return (long)(Stopwatch.GetElapsedTime(start).TotalNanoseconds / reads);
    }

    private static IEnumerable<string> Text(MatchFigures figures)
    {
        yield return "flow          operations  resting   M ops/s  events/op  baseline  ratio   p50   p99  p99.9      max  bytes/op"
            + "  lots a round";
        foreach (var flow in figures.Flows)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{flow.Flow,-12} {flow.Operations,11:N0} {flow.PeakResting,8:N0} {flow.OperationsPerSecond / 1e6,9:F1} "
                + $"{flow.EventsPerOperation,10:F2} {flow.BaselineOperationsPerSecond / 1e6,9:F1} {flow.Ratio,6:F1} "
                + $"{flow.P50Ns,5} {flow.P99Ns,5} {flow.P999Ns,6} {flow.MaxNs,8} "
                + $"{flow.BytesPerOperation,9:F3} {flow.TradedLotsPerRound,13:N0}");
        }

        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"least ratio to the plain book: file days {figures.LeastRatioOfFileDays:F2}, together {figures.RatioOfAllFileDays:F2}, "
            + $"synthetic {figures.LeastRatioOfSyntheticFlows:F1}; "
            + $"fastest over slowest session {figures.SpreadOfSessions:F2}; "
            + $"each latency includes {figures.ClockNs} ns of clock");
    }
}
