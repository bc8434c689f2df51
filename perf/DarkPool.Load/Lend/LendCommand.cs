using System.CommandLine;
using System.Globalization;

namespace DarkPool.Load.Lend;

/// <summary><c>lend</c>: pool operations and price ticks over many positions, beside a scan of all of them.</summary>
internal static class LendCommand
{
    private const int DefaultPositions = 1_000_000;

    public static Command Create()
    {
        var positions = new Option<int>("--positions") { Description = "Borrowers.", DefaultValueFactory = _ => DefaultPositions };
        var json = LoadOutput.JsonOption();
        var command = new Command("lend", "Lending: operations, and what a price tick costs.") { positions, json };
        command.SetAction(parsed =>
        {
            var count = parsed.GetValue(positions);
            if (count < 20_000)
            {
                Console.Error.WriteLine("At least 20,000 positions: ten thousand of them cross.");
                return 2;
            }

            LoadOutput.Print(new LendMeasurement(count).Run(), parsed.GetValue(json), Text);
            return 0;
        });
        return command;
    }

    private static IEnumerable<string> Text(LendFigures figures)
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{figures.Positions:N0} positions; {figures.IndexBytesPerPosition:F1} bytes each in the index, "
            + $"{figures.PoolBytesPerPosition:F1} in the pool");
        yield return "operation                        ops/s   ns each  bytes/op";
        foreach (var operation in figures.Operations)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{operation.Operation,-25} {1e9 / operation.Nanoseconds,12:N0} {operation.Nanoseconds,9:N0} "
                + $"{operation.BytesAllocated,9:F2}");
        }

        yield return "";
        yield return "price tick                  microseconds  looked at  beside a full scan";
        foreach (var tick in figures.Ticks)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{tick.Crossed,9:N0} cross {tick.Microseconds,24:N1} {tick.Evaluations,10:N0} "
                + $"{figures.FullScanMicroseconds / tick.Microseconds,18:N0}x");
        }

        yield return string.Create(CultureInfo.InvariantCulture, $"full scan {figures.FullScanMicroseconds,30:N0}");
    }
}

/// <summary>What was measured.</summary>
internal sealed record LendFigures
{
    public required int Positions { get; init; }

    public required double IndexBytesPerPosition { get; init; }

    public required double PoolBytesPerPosition { get; init; }

    public required IReadOnlyList<OperationFigure> Operations { get; init; }

    public required IReadOnlyList<TickFigure> Ticks { get; init; }

    /// <summary>Health factor of every position, once: what a tick would cost without the index.</summary>
    public required double FullScanMicroseconds { get; init; }
}

/// <summary>One kind of operation, with the index told.</summary>
internal sealed record OperationFigure(string Operation, double Nanoseconds, double BytesAllocated);

/// <summary>A price tick after which so many more positions are below a health of 1.</summary>
internal sealed record TickFigure(int Crossed, double Microseconds, long Evaluations);
