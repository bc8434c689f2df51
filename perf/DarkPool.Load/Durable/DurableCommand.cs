using System.CommandLine;
using System.Globalization;
using DarkPool.EventStore;

namespace DarkPool.Load.Durable;

/// <summary><c>durable</c>: blocks appended through the shard log beside the same bytes appended raw, in the same run.</summary>
internal static class DurableCommand
{
    private const int DefaultSeconds = 5;

    /// <summary>16 KiB to 1 MiB.</summary>
    private static readonly int[] EnvelopesPerBlock = [64, 256, 1_024, 4_096];

    public static Command Create()
    {
        var postgres = new Option<string?>("--postgres")
        {
            Description = "Connection string of a server; a scratch database is created and dropped. Without it, a private server.",
        };
        var seconds = new Option<int>("--seconds")
        {
            Description = "Seconds for each size of block.",
            DefaultValueFactory = _ => DefaultSeconds,
        };
        var json = LoadOutput.JsonOption();
        var command = new Command("durable", "Block appends through the shard log beside raw ones.") { postgres, seconds, json };
        command.SetAction(async (parsed, _) =>
        {
            var figures = await MeasureAsync(parsed.GetValue(postgres), TimeSpan.FromSeconds(parsed.GetValue(seconds)));
            LoadOutput.Print(figures, parsed.GetValue(json), Text);
        });
        return command;
    }

    private static async Task<DurableFigures> MeasureAsync(string? postgres, TimeSpan duration)
    {
        await using var database = await ScratchDatabase.CreateAsync(postgres);
        await using var store = await VenueStore.OpenAsync(database.ConnectionString);
        await using var raw = await RawTable.CreateAsync(database.ConnectionString);
        var sizes = new List<BlockSizeFigures>();
        for (var index = 0; index < EnvelopesPerBlock.Length; index++)
        {
            using var measurement = new DurableMeasurement(store, raw, EnvelopesPerBlock[index], (uint)index);
            sizes.Add(await measurement.RunAsync(duration));
        }

        return new DurableFigures { Server = database.Server, Sizes = sizes, LeastRatio = sizes.Min(size => size.Ratio) };
    }

    private static IEnumerable<string> Text(DurableFigures figures)
    {
        yield return figures.Server;
        yield return "envelopes    bytes  blocks |  log: blocks/s  envelopes/s  p50 ms  p99 ms "
            + "|  raw: blocks/s  envelopes/s  p50 ms  p99 ms | ratio | read envelopes/s";
        foreach (var size in figures.Sizes)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{size.EnvelopesPerBlock,9} {size.BlockBytes,8} {size.Blocks,7} | {Text(size.Log)} "
                + $"| {Text(size.Raw)} | {size.Ratio,5:F2} | {size.ReadEnvelopesPerSecond,16:N0}");
        }

        yield return string.Create(CultureInfo.InvariantCulture, $"least ratio {figures.LeastRatio:F2}");
    }

    private static string Text(AppendFigures append) => string.Create(
        CultureInfo.InvariantCulture,
        $"{append.BlocksPerSecond,14:N0} {append.EnvelopesPerSecond,12:N0} {append.P50Ms,7:F2} {append.P99Ms,7:F2}");
}
