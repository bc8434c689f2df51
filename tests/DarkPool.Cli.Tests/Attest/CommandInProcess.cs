using System.Text.Json;
using DarkPool.Cli.Commands;

namespace DarkPool.Cli.Tests.Attest;

/// <summary>Runs a command of `darkpool` in this process, which is what many short ones in a row can afford.</summary>
internal static class CommandInProcess
{
    public static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        TextWriter console = Console.Out;
        using var output = new StringWriter();
        Console.SetOut(output);
        try
        {
            int code = await CommandLine.InvokeAsync(arguments);
            return (code, output.ToString());
        }
        finally
        {
            Console.SetOut(console);
        }
    }

    /// <summary>The JSON document that a command prints with --json.</summary>
    public static async Task<(int ExitCode, JsonElement Result)> RunJsonAsync(params string[] arguments)
    {
        (int code, string output) = await RunAsync([.. arguments, "--json"]);
        return (code, JsonDocument.Parse(output).RootElement);
    }
}
