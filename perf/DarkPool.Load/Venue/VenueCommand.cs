using System.CommandLine;
using System.Globalization;
using DarkPool.Cli.Commands;
using DarkPool.Cli.Replay;
using DarkPool.Load.OrderFlow;

namespace DarkPool.Load.Venue;

/// <summary><c>venue</c>: a day of orders over HTTP with receipts, against real processes, beside the same bytes without a venue.</summary>
internal static class VenueCommand
{
    public static Command Create()
    {
        var orders = new Option<FileInfo?>("--orders")
        {
            Description = $"A LOBSTER message file; without it, the first in the folder {FileDays.DataVariable} or ../shared/data.",
        };
        var json = LoadOutput.JsonOption();
        var command = new Command("venue", "Orders over HTTP with receipts and reports: beside the bare bytes over HTTP into PostgreSQL.")
        {
            orders,
            json,
        };
        command.SetAction((parsed, cancellation) => CommandFailure.GuardAsync(
            async token =>
            {
                if (FileDays.Find(parsed.GetValue(orders)).FirstOrDefault() is not { } file)
                {
                    await Console.Error.WriteLineAsync(
                        $"There is no order file: name one with --orders, or a folder with {FileDays.DataVariable}.");
                    return ExitCode.Failure;
                }

                LoadOutput.Print(
                    await new VenueMeasurement(file, TimeProvider.System).RunAsync(token), parsed.GetValue(json), Text);
                return ExitCode.Success;
            },
            cancellation));
        return command;
    }

    private static IEnumerable<string> Text(VenueFigures f)
    {
        string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
        string Latencies(ReplayResult r) => Line(
            $"receipt p50 {r.ReceiptP50Ms:F1} p99 {r.ReceiptP99Ms:F1} ms, report p50 {r.ReportP50Ms:F1} p99 {r.ReportP99Ms:F1} ms");
        yield return Line($"{f.Flow}: {f.Saturated.Orders + f.Saturated.Cancels:N0} orders and cancels; {f.Server}");
        yield return Line($"venue, saturated: {f.OrdersPerSecond:N0} a second; {Latencies(f.Saturated)}");
        yield return Line($"venue, open loop of {f.ModeratePerSecond:N0} a second: {Latencies(f.Moderate)}");
        var l = f.Limit;
        yield return Line($"the same bytes over HTTP into PostgreSQL, {l.EnvelopesPerRequest:N0} envelopes a request:");
        yield return Line($"  {f.LimitPerSecond:N0} a second; answer p50 {l.AnswerP50Ms:F1} p99 {l.AnswerP99Ms:F1} ms");
        yield return Line($"ratio {f.Ratio:F3}");
    }
}
