using DarkPool.Local.Anvil;
using DarkPool.Local.Postgres;
using DarkPool.Local.Processes;

namespace DarkPool.Cli.Processes;

/// <summary>One running process of the stack, whatever started it.</summary>
/// <param name="Id">Process id.</param>
/// <param name="Exited">Ends with its exit code when it ends.</param>
/// <param name="LastWords">What it printed last, oldest first.</param>
/// <param name="Owner">Stops it when disposed.</param>
internal sealed record RunningPart(int Id, Task<int> Exited, Func<IReadOnlyList<string>> LastWords, IAsyncDisposable Owner)
{
    public static RunningPart Of(ChildProcess process) => new(process.Id, process.Exited, () => process.RecentLines, process);

    public static RunningPart Of(LocalPostgres postgres) => new(postgres.ProcessId, postgres.Exited, () => [], postgres);

    public static RunningPart Of(LocalChain chain) => new(chain.ProcessId, chain.Exited, () => [], chain);
}
