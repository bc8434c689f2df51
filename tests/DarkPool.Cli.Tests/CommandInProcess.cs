using System.Text.Json;
using DarkPool.Cli.Commands;

namespace DarkPool.Cli.Tests;

/// <summary>Runs a command of `darkpool` in this process, which is what many short ones in a row can afford.</summary>
internal static class CommandInProcess
{
    /// <summary>Tests of this collection run one after another: a process has one console.</summary>
    public const string Console = "console";

    public static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        (int code, string output, _) = await RunWithErrorAsync(arguments);
        return (code, output);
    }

    /// <summary>Runs a command; gives back what it says on standard error too.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunWithErrorAsync(params string[] arguments)
    {
        (TextWriter console, TextWriter consoleError) = (System.Console.Out, System.Console.Error);
        using var output = new StringWriter();
        using var error = new StringWriter();
        System.Console.SetOut(output);
        System.Console.SetError(error);
        try
        {
            int code = await CommandLine.InvokeAsync(arguments);
            return (code, output.ToString(), error.ToString());
        }
        finally
        {
            System.Console.SetOut(console);
            System.Console.SetError(consoleError);
        }
    }

    /// <summary>The JSON document that a command prints with --json.</summary>
    public static async Task<(int ExitCode, JsonElement Result)> RunJsonAsync(params string[] arguments)
    {
        (int code, string output) = await RunAsync([.. arguments, "--json"]);
        return (code, JsonDocument.Parse(output).RootElement);
    }
}
