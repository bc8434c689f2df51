using System.CommandLine;
using DarkPool.Cli.Stack;
using DarkPool.EventStore.Migrations;

namespace DarkPool.Cli.Commands;

/// <summary>`darkpool migrate`: brings an event store to this version's schema.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        Option<string> data = SharedOptions.Data();
        Option<string?> postgres = SharedOptions.Postgres();
        Option<bool> dryRun = new("--dry-run") { Description = "Only say what would be applied." };
        var command = new Command("migrate", "Apply the SQL migrations that an event store lacks.") { data, postgres, dryRun };
        command.SetAction((parsed, cancellation) => CommandFailure.GuardAsync(
            token => RunAsync(new DataFolder(parsed.GetRequiredValue(data)), parsed.GetValue(postgres), parsed.GetValue(dryRun), token),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(DataFolder folder, string? postgres, bool dryRun, CancellationToken cancellation)
    {
        await using StoreAccess store = await StoreAccess.OpenAsync(folder, postgres, cancellation);
        var migrator = new Migrator(store.ConnectionString);
        IReadOnlyList<MigrationScript> scripts = await migrator.MigrateAsync(dryRun, cancellation: cancellation);
        foreach (MigrationScript script in scripts)
            Console.Out.WriteLine((dryRun ? "would apply " : "applied ") + script.Name);
        if (scripts.Count == 0)
            Console.Out.WriteLine("nothing to apply");
        return ExitCode.Success;
    }
}
