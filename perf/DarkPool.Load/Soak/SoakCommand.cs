using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using DarkPool.Cli.Commands;

namespace DarkPool.Load.Soak;

/// <summary><c>soak</c>: as many orders as one likes through a book in which few rest; its memory must stay what it was.</summary>
internal static class SoakCommand
{
    private const ulong Billion = 1_000_000_000;
    private const uint Thousand = 1_000;
    private const int Steps = 100;

    public static Command Create()
    {
        var orders = new Option<ulong>("--orders") { Description = "How many.", DefaultValueFactory = _ => Billion };
        var resting = new Option<uint>("--resting") { Description = "Most orders that rest.", DefaultValueFactory = _ => Thousand };
        resting.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<uint>() is 0 or > SoakRun.WarmUp)
                result.AddError($"--resting lies between 1 and {SoakRun.WarmUp:N0}.");
        });
        var json = LoadOutput.JsonOption();
        var command = new Command("soak", "A billion orders through a book of a thousand: exit code 1 if its memory grows.")
        {
            orders,
            resting,
            json,
        };
        command.SetAction((parsed, cancellation) => CommandFailure.GuardAsync(
            token =>
            {
                var figures = Run(parsed.GetValue(orders), parsed.GetValue(resting), token);
                LoadOutput.Print(figures, parsed.GetValue(json), Text);
                return Task.FromResult(figures.IsFlat ? ExitCode.Success : ExitCode.Failure);
            },
            cancellation));
        return command;
    }

    private static SoakFigures Run(ulong orders, uint resting, CancellationToken cancellation)
    {
        var run = new SoakRun(resting);
        run.Play(SoakRun.WarmUp);
        GC.Collect();
        var (operations, bytes, memory) = (run.Operations, run.BookBytes, Environment.WorkingSet);
        long allocated = 0;
        var time = TimeSpan.Zero;
        ulong done = 0;
        for (var step = 1; step <= Steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            var part = (ulong)((UInt128)orders * (uint)step / Steps) - done;
            var (before, start) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
            run.Play(part);
            time += Stopwatch.GetElapsedTime(start);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            done += part;
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{step,3} %: {done:N0} orders, {run.Resting:N0} resting, {run.BookBytes:N0} bytes"));
        }

        return new SoakFigures
        {
            Orders = orders,
            Operations = run.Operations - operations,
            TradedLots = run.TradedLots,
            PeakResting = run.PeakResting,
            Seconds = time.TotalSeconds,
            BookBytes = new SoakFigures.Change(bytes, run.BookBytes),
            WorkingSetBytes = new SoakFigures.Change(memory, Environment.WorkingSet),
            AllocatedBytes = allocated,
        };
    }

    private static IEnumerable<string> Text(SoakFigures f)
    {
        string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
        yield return Line($"{f.Orders:N0} orders, {f.Operations:N0} operations, {f.TradedLots:N0} lots; at most {f.PeakResting:N0} rested");
        yield return Line($"{f.OperationsPerSecond / 1e6:F1} M operations a second over {f.Seconds:F0} s");
        yield return Line($"book {f.BookBytes.Before:N0} bytes before, {f.BookBytes.After:N0} after; allocated {f.AllocatedBytes:N0}");
        yield return Line($"working set {f.WorkingSetBytes.Before:N0} bytes before, {f.WorkingSetBytes.After:N0} after");
        yield return f.IsFlat ? "flat" : "NOT flat";
    }
}
