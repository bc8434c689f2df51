using DarkPool.EventStore.Migrations;
using DarkPool.EventStore.Tests.Support;
using Npgsql;
using Weasel.Core;
using Weasel.Postgresql;
using Xunit;
using Migrator = DarkPool.EventStore.Migrations.Migrator;

namespace DarkPool.EventStore.Tests.Migrations;

[Collection(PostgresTests.Name)]
public sealed class MigratorTests(PostgresCluster cluster)
{
    private static readonly MigrationScript[] Two =
    [
        new(1, "0001_one.sql", "create table one (x int);"),
        new(2, "0002_two.sql", "create table two (x int); insert into one values (2);"),
    ];

    [Fact]
    public async Task The_migrations_give_the_schema_that_Marten_is_configured_for()
    {
        await using var store = await VenueStore.OpenAsync(await cluster.CreateMigratedAsync());
        var database = store.Documents.Storage.Database;
        var migration = await database.CreateMigrationAsync();
        var missing = new StringWriter();
        if (migration.Difference != SchemaPatchDifference.None)
            migration.WriteAllUpdates(missing, new PostgresqlMigrator(), JasperFx.AutoCreate.CreateOrUpdate);
        Assert.Equal("", missing.ToString());
        await database.AssertDatabaseMatchesConfigurationAsync();
    }

    [Fact]
    public async Task A_schema_that_has_drifted_is_noticed()
    {
        var connectionString = await cluster.CreateMigratedAsync();
        await using var store = await VenueStore.OpenAsync(connectionString);
        await Sql.ExecuteAsync(connectionString, "alter table darkpool.mt_doc_tapebatch drop column mt_version");
        await Assert.ThrowsAnyAsync<Exception>(() => store.Documents.Storage.Database.AssertDatabaseMatchesConfigurationAsync());
    }

    [Fact]
    public async Task An_unmigrated_database_is_refused_with_what_to_do_and_left_alone()
    {
        var connectionString = await cluster.CreateEmptyAsync();
        var refusal = await Assert.ThrowsAsync<MigrationException>(() => VenueStore.OpenAsync(connectionString));
        Assert.Contains("darkpool migrate", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("0001_marten.sql", refusal.Message, StringComparison.Ordinal);
        Assert.False(await Sql.ScalarAsync<bool>(connectionString, "select exists (select from pg_namespace where nspname = 'darkpool')"));
    }

    [Fact]
    public async Task A_database_that_lacks_only_the_last_migration_is_refused()
    {
        var connectionString = await cluster.CreateEmptyAsync();
        await new Migrator(connectionString, [.. MigrationScript.All.SkipLast(1)]).MigrateAsync();
        var refusal = await Assert.ThrowsAsync<MigrationException>(() => VenueStore.OpenAsync(connectionString));
        Assert.Contains(MigrationScript.All[^1].Name, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_tells_and_writes_nothing()
    {
        var connectionString = await cluster.CreateEmptyAsync();
        var told = new Steps();
        Assert.Equal(Two, await new Migrator(connectionString, Two).MigrateAsync(dryRun: true, told));
        Assert.Equal(Two, told.Select(step => step.Script));
        Assert.False(await Sql.ScalarAsync<bool>(connectionString, "select exists (select from pg_namespace where nspname = 'darkpool')"));
        Assert.Equal(Two, await new Migrator(connectionString, Two).ReadPendingAsync());
    }

    [Fact]
    public async Task Scripts_are_applied_once_in_order_and_told_as_they_go()
    {
        var connectionString = await cluster.CreateEmptyAsync();
        var told = new Steps();
        await new Migrator(connectionString, Two[..1]).MigrateAsync(progress: told);
        Assert.Equal(Two[1..], await new Migrator(connectionString, Two).MigrateAsync(progress: told));
        Assert.Empty(await new Migrator(connectionString, Two).MigrateAsync(progress: told));
        Assert.Equal([(1, false), (1, true), (2, false), (2, true)], told.Select(step => (step.Script.Number, step.Applied)));
        await new Migrator(connectionString, Two).AssertMigratedAsync();
    }

    [Fact]
    public async Task A_script_that_fails_leaves_nothing_behind_and_is_named()
    {
        var connectionString = await cluster.CreateEmptyAsync();
        var broken = new MigrationScript(2, "0002_broken.sql", "create table half (x int); select nonsense;");
        var failure = await Assert.ThrowsAsync<MigrationException>(() => new Migrator(connectionString, [Two[0], broken]).MigrateAsync());
        Assert.Contains("0002_broken.sql", failure.Message, StringComparison.Ordinal);
        Assert.False(await Sql.ScalarAsync<bool>(connectionString, "select to_regclass('half') is not null"));
        Assert.True(await Sql.ScalarAsync<bool>(connectionString, "select to_regclass('one') is not null"));
        Assert.Equal(Two[1..], await new Migrator(connectionString, Two).MigrateAsync());
    }

    [Fact]
    public async Task A_script_that_was_changed_after_it_was_applied_is_refused()
    {
        var connectionString = await cluster.CreateEmptyAsync();
        await new Migrator(connectionString, Two).MigrateAsync();
        var changed = new Migrator(connectionString, [Two[0] with { Sql = "create table one (y int);" }, Two[1]]);
        var refusal = await Assert.ThrowsAsync<MigrationException>(() => changed.MigrateAsync());
        Assert.Contains("0001_one.sql", refusal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<MigrationException>(() => changed.AssertMigratedAsync());
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        var connectionString = await cluster.CreateEmptyAsync();
        await new Migrator(connectionString, Two).MigrateAsync();
        var older = new Migrator(connectionString, Two[..1]);
        var refusal = await Assert.ThrowsAsync<MigrationException>(() => older.AssertMigratedAsync());
        Assert.Contains("0002_two.sql", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_migrators_at_once_take_turns()
    {
        var connectionString = await cluster.CreateEmptyAsync();
        var applied = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => new Migrator(connectionString, Two).MigrateAsync()));
        Assert.Equal(Two.Length, applied.Sum(scripts => scripts.Count));
        Assert.Equal(2, await Sql.ScalarAsync<int>(connectionString, "select x from one"));
    }

    [Fact]
    public async Task A_database_that_cannot_be_reached_is_told_as_that() =>
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => new Migrator($"Host={cluster.Folder}/nobody;Username=x").AssertMigratedAsync());

    /// <summary>Keeps what it is told, at once and in order.</summary>
    private sealed class Steps : List<MigrationProgress>, IProgress<MigrationProgress>
    {
        public void Report(MigrationProgress value) => Add(value);
    }
}
