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
        await using var postgres = await LocalPostgres.StartAsync(new LocalPostgresOptions { DataFolder = Path.Combine(folder, "postgres") });
        await using var chain = await LocalChain.StartAsync(new LocalChainOptions { DataFolder = Path.Combine(folder, "chain") });
        await using var sleeper = ChildProcess.Start(new ChildProcessOptions { Name = "sleeper", FileName = "sleep", Arguments = ["100000"] });
        Console.WriteLine($"{ReadyPrefix}{postgres.ProcessId} {chain.ProcessId} {sleeper.Id} {chain.Url}");
        await sleeper.Exited;
        return 0;
    }
}
