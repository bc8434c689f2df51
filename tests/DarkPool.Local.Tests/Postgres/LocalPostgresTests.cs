using System.Globalization;
using DarkPool.Local.Files;
using DarkPool.Local.Postgres;
using Npgsql;
using Xunit;

namespace DarkPool.Local.Tests.Postgres;

public sealed class LocalPostgresTests : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.Create("dark pool");

    private LocalPostgresOptions Options => new() { DataFolder = _folder.Sub("post gres") };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_second_start_resumes_the_same_data()
    {
        await using (var first = await LocalPostgres.StartAsync(Options))
        {
            await ScalarAsync(first.ConnectionString, "create table t (x int); insert into t values (42)");
        }

        await using var second = await LocalPostgres.StartAsync(Options);
        Assert.Equal(42, await ScalarAsync(second.ConnectionString, "select x from t"));
    }

    [Fact]
    public async Task Commits_are_on_disk_before_they_are_acknowledged()
    {
        await using var postgres = await LocalPostgres.StartAsync(Options);
        Assert.Equal("on", await ScalarAsync(postgres.ConnectionString, "show fsync"));
        Assert.Equal("on", await ScalarAsync(postgres.ConnectionString, "show synchronous_commit"));
    }

    [Fact]
    public async Task What_was_committed_is_there_after_a_kill_of_the_server()
    {
        await using (var first = await LocalPostgres.StartAsync(Options))
        {
            await ScalarAsync(first.ConnectionString, "create table t (x int); insert into t values (7)");
            first.Kill();
            await first.Exited;
        }

        await using var second = await LocalPostgres.StartAsync(Options);
        Assert.Equal(7, await ScalarAsync(second.ConnectionString, "select x from t"));
    }

    [Fact]
    public async Task A_lock_file_that_names_an_unrelated_process_does_not_stop_the_start()
    {
        var first = await LocalPostgres.StartAsync(Options);
        var file = Path.Combine(Options.DataFolder, "cluster", "postmaster.pid");
        var lines = await File.ReadAllLinesAsync(file);
        first.Kill();
        await first.DisposeAsync();
        lines[0] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        await File.WriteAllLinesAsync(file, lines);

        await using var second = await LocalPostgres.StartAsync(Options);
        Assert.Equal(1, await ScalarAsync(second.ConnectionString, "select 1"));
    }

    [Fact]
    public async Task A_folder_in_use_is_refused_with_its_name()
    {
        await using var first = await LocalPostgres.StartAsync(Options);
        var refusal = await Assert.ThrowsAsync<IOException>(() => LocalPostgres.StartAsync(Options));
        Assert.Contains(Options.DataFolder, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1, await ScalarAsync(first.ConnectionString, "select 1"));
    }

    [Fact]
    public async Task A_path_too_long_for_a_socket_works()
    {
        var options = Options with { DataFolder = _folder.Sub(new string('d', 120) + "/postgres") };
        await using var postgres = await LocalPostgres.StartAsync(options);
        Assert.Equal(1, await ScalarAsync(postgres.ConnectionString, "select 1"));
    }

    [Fact]
    public async Task An_interrupted_first_start_is_begun_anew()
    {
        var unfinished = Path.Combine(Options.DataFolder, "cluster.unfinished", "base");
        Directory.CreateDirectory(unfinished);
        await File.WriteAllTextAsync(Path.Combine(unfinished, "half"), "half");

        await using var postgres = await LocalPostgres.StartAsync(Options);
        Assert.Equal(1, await ScalarAsync(postgres.ConnectionString, "select 1"));
    }

    [Fact]
    public async Task A_setting_the_server_refuses_is_named()
    {
        var options = Options with { Settings = new Dictionary<string, string> { ["shared_buffers"] = "a lot" } };
        var failure = await Assert.ThrowsAsync<IOException>(() => LocalPostgres.StartAsync(options));
        Assert.Contains("shared_buffers", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_databases_are_created_once()
    {
        await using var postgres = await LocalPostgres.StartAsync(Options);
        await postgres.CreateDatabaseAsync("second \"one\"");
        await postgres.CreateDatabaseAsync("second \"one\"");
        Assert.Equal("second \"one\"", await ScalarAsync(postgres.ConnectionStringFor("second \"one\""), "select current_database()"));
    }

    [Fact]
    public async Task A_wrong_password_is_refused()
    {
        await using var postgres = await LocalPostgres.StartAsync(Options);
        var wrong = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Password = "guess" }.ConnectionString;
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(wrong, "select 1"));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refusal.SqlState);
    }

    internal static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
