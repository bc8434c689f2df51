using DarkPool.Local.Anvil;
using DarkPool.Local.Postgres;
using DarkPool.Local.Processes;

namespace DarkPool.Local.Tests;

/// <summary>
/// A parent of local servers, for the tests to end in every way: starts them on the folder given, prints their process ids,
/// and waits for a signal.
/// </summary>
internal static class Program
{
    public const string ReadyPrefix = "children ";

    public static async Task<int> Main(string[] args)
    {
        if (args is not [var folder]) return 64;
        var data = new LocalPostgresOptions { DataFolder = Path.Combine(folder, "postgres") };
        await using var postgres = await LocalPostgres.StartAsync(data);
        await using var chain = await LocalChain.StartAsync(new LocalChainOptions { DataFolder = Path.Combine(folder, "chain") });
        var sleep = new ChildProcessOptions { Name = "sleeper", FileName = "sleep", Arguments = ["100000"] };
        await using var sleeper = ChildProcess.Start(sleep);
        Console.WriteLine($"{ReadyPrefix}{postgres.ProcessId} {chain.ProcessId} {sleeper.Id} {chain.Url}");
        await sleeper.Exited;
        return 0;
    }
}
