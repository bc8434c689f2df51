using System.Diagnostics;
using System.Text.Json;

namespace DarkPool.EndToEnd.Tests.Support;

/// <summary>Runs commands of the built command line as processes of their own.</summary>
internal static class Darkpool
{
    /// <summary>The assembly that was built beside these tests.</summary>
    public static string Assembly { get; } = Sibling("DarkPool.Cli", "darkpool.dll");

    /// <summary>The runtime that runs these tests.</summary>
    public static string Runtime =>
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    /// <summary>An assembly of another project of the same build.</summary>
    public static string Sibling(string project, string file)
    {
        string own = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        return Path.GetFullPath(Path.Combine(own, "..", "..", project, Path.GetFileName(own), file));
    }

    /// <summary>Runs a command to its end.</summary>
    public static Task<Finished> RunAsync(params string[] arguments) => RunAsync(null, arguments);

    /// <summary>Runs a command to its end.</summary>
    /// <param name="onError">Gets the lines of its standard error as they come.</param>
    /// <param name="arguments">The command line.</param>
    public static async Task<Finished> RunAsync(Action<string>? onError, params string[] arguments)
    {
        var start = new ProcessStartInfo(Runtime, [Assembly, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Patience.Long);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = new List<string>();
            while (await process.StandardError.ReadLineAsync(limit.Token) is { } line)
            {
                error.Add(line);
                onError?.Invoke(line);
            }
            await process.WaitForExitAsync(limit.Token);
            return new Finished(process.ExitCode, await output, string.Join('\n', error));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"darkpool {string.Join(' ', arguments)} did not end.");
        }
    }

    /// <summary>How a command ended.</summary>
    internal sealed record Finished(int ExitCode, string Output, string Error)
    {
        /// <summary>Its result, after checking that it ended well.</summary>
        public JsonElement Result()
        {
            Assert.True(ExitCode == 0, $"Exit code {ExitCode}: {Error}");
            return JsonDocument.Parse(Output).RootElement;
        }
    }
}
