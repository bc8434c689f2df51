using System.Text.Json;
using Xunit.Abstractions;

namespace DarkPool.Engine.Tests.Lending;

/// <summary>Outputs of the protocols' own code, one family of files after the other.</summary>
internal static class LendingVectors
{
    /// <summary>Checks each row of each file of a family; prints the count, fails with the first mismatches.</summary>
    public static void CheckRows(string family, ITestOutputHelper output, Func<JsonElement, JsonElement, string?> mismatchOf)
    {
        var folder = Folder();
        var files = folder is null ? [] : Directory.GetFiles(folder, family + "*.json", SearchOption.AllDirectories);
        if (files.Length == 0)
        {
            Report(output, $"vectors: {family} skipped, no such files (set DARKPOOL_VECTORS)");
            return;
        }

        var rows = 0;
        var mismatches = new List<string>();
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (var row in json.RootElement.GetProperty("rows").EnumerateArray())
            {
                rows++;
                if (mismatchOf(json.RootElement.GetProperty("meta"), row) is { } mismatch) mismatches.Add(
                    $"{family} {row.GetProperty("id")}: {mismatch}");
            }
        }

        Report(output, $"vectors: {family} {rows} rows, {mismatches.Count} mismatches");
        Xunit.Assert.NotEqual(0, rows);
        Xunit.Assert.True(mismatches.Count == 0, string.Join(Environment.NewLine, mismatches.Take(5)));
    }

    /// <summary>
    /// Plays each trace of a family line by line and stops a trace at its first mismatch: what follows would only repeat it.
    /// </summary>
    public static void CheckTraces(string family, ITestOutputHelper output, Func<JsonElement, Func<JsonElement, string?>> playerOf)
    {
        var folder = Folder();
        var files = folder is null ? [] : Directory.GetFiles(folder, family + "_*.jsonl", SearchOption.AllDirectories);
        if (files.Length == 0)
        {
            Report(output, $"vectors: {family} skipped, no such files (set DARKPOOL_VECTORS)");
            return;
        }

        var rows = 0;
        var mismatches = new List<string>();
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            using var lines = File.ReadLines(file).GetEnumerator();
            Xunit.Assert.True(lines.MoveNext());
            using var meta = JsonDocument.Parse(lines.Current);
            var play = playerOf(meta.RootElement.GetProperty("meta"));
            while (lines.MoveNext())
            {
                rows++;
                using var line = JsonDocument.Parse(lines.Current);
                if (play(line.RootElement) is not { } mismatch) continue;
                mismatches.Add($"{Path.GetFileName(file)} line {rows + 1}: {mismatch}");
                break;
            }
        }

        Report(output, $"vectors: {family} {rows} rows, {mismatches.Count} mismatches");
        Xunit.Assert.NotEqual(0, rows);
        Xunit.Assert.True(mismatches.Count == 0, string.Join(Environment.NewLine, mismatches));
    }

    private static void Report(ITestOutputHelper output, string line)
    {
        output.WriteLine(line);
        Console.WriteLine(line);
    }

    private static string? Folder()
    {
        if (Environment.GetEnvironmentVariable("DARKPOOL_VECTORS") is { Length: > 0 } named) return named;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "DarkPool.sln"))) continue;
            var shared = Path.Combine(folder.Parent?.FullName ?? folder.FullName, "shared", "vectors");
            return Directory.Exists(shared) ? shared : null;
        }

        return null;
    }
}
