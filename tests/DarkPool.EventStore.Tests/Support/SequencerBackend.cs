using System.Diagnostics;

namespace DarkPool.EventStore.Tests.Support;

/// <summary>The server's process behind the sequencer's connection: the one that holds an advisory lock of this database.</summary>
internal static class SequencerBackend
{
    private const string Holder = """
        select coalesce((select pid from pg_locks where locktype = 'advisory' and granted
        and database = (select oid from pg_database where datname = current_database()) limit 1), 0)
        """;

    /// <summary>Ends the connection from the server's side, as if the host had died; waits until the lock is free.</summary>
    public static async Task TerminateAsync(string connectionString)
    {
        var pid = await Sql.ScalarAsync<int>(connectionString, Holder);
        if (pid != 0) await Sql.ScalarAsync<bool>(connectionString, "select pg_terminate_backend($1, 10000)", pid);
    }

    /// <summary>Kills the process with SIGKILL: PostgreSQL then restarts itself from its write-ahead log.</summary>
    public static async Task KillAsync(string connectionString)
    {
        using var backend = Process.GetProcessById(await Sql.ScalarAsync<int>(connectionString, Holder));
        backend.Kill();
    }
}
