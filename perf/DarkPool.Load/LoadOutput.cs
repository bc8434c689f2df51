using System.CommandLine;
using System.Text.Json;

namespace DarkPool.Load;

/// <summary>What a measurement prints: one JSON document with --json, text for people otherwise.</summary>
internal static class LoadOutput
{
    private static readonly JsonSerializerOptions Format =
        new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    /// <summary>The option that every subcommand has.</summary>
    public static Option<bool> JsonOption() => new("--json") { Description = "Print one JSON document." };

    /// <summary>Prints a result.</summary>
    public static void Print<TResult>(TResult result, bool json, Func<TResult, IEnumerable<string>> text)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(result, Format));
            return;
        }

        foreach (var line in text(result)) Console.WriteLine(line);
    }
}
