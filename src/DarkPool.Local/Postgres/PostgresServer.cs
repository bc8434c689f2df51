using DarkPool.Local.Processes;

namespace DarkPool.Local.Postgres;

/// <summary>Starts the server process and waits until it is ready.</summary>
internal sealed class PostgresServer(
    ClusterFolder folder, string programs, ServerAccount? account, PostgresAccess access, LocalPostgresOptions options)
{
    /// <summary>A fast shutdown writes a last checkpoint, which takes time after heavy writing.</summary>
    public static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(25);

    public async Task<ChildProcess> StartAsync(CancellationToken cancellation)
    {
        var started = options.Time.GetTimestamp();
        using var timer = new PeriodicTimer(Poll, options.Time);
        while (true)
        {
            var server = Launch();
            try
            {
                if (await IsReadyAsync(server, started, timer, cancellation)) return server;
            }
            catch
            {
                await server.DisposeAsync();
                throw;
            }

            await server.DisposeAsync();
            if (!IsHeldByDyingBackends(server) || IsLate(started)) throw server.Failure($"did not start (code {await server.Exited})");
            await timer.WaitForNextTickAsync(cancellation);
        }
    }

    private ChildProcess Launch() => ChildProcess.Start(new ChildProcessOptions
    {
        Name = "PostgreSQL",
        FileName = Path.Combine(programs, "bin", "postgres"),
        Arguments = [.. PostgresSettings.Arguments(folder, options.Settings)],
        WorkingFolder = "/",
        LogFile = folder.LogFile,
        StopSignal = StopSignal.Interrupt,
        StopTimeout = StopTimeout,
        Account = account,
    });

    private async Task<bool> IsReadyAsync(ChildProcess server, long started, PeriodicTimer timer, CancellationToken cancellation)
    {
        while (!server.HasExited)
        {
            if (await access.AcceptsAsync(cancellation)) return true;
            if (IsLate(started)) throw new TimeoutException($"PostgreSQL took no connection within {options.StartTimeout.TotalSeconds} s");
            await timer.WaitForNextTickAsync(cancellation);
        }

        return false;
    }

    private bool IsLate(long started) => options.Time.GetElapsedTime(started) > options.StartTimeout;

    // After a kill -9 of the server its children notice within moments; until then they hold the shared memory.
    private static bool IsHeldByDyingBackends(ChildProcess server) =>
        server.RecentLines.Any(line => line.Contains("pre-existing shared memory block", StringComparison.Ordinal));
}
