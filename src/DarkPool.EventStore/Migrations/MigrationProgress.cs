namespace DarkPool.EventStore.Migrations;

/// <summary>A step of a migration.</summary>
/// <param name="Script">The script.</param>
/// <param name="Index">Its place among those to apply, from 1.</param>
/// <param name="Count">How many there are to apply.</param>
/// <param name="Applied">False when it begins, true when it is done (or would be, in a dry run).</param>
public readonly record struct MigrationProgress(MigrationScript Script, int Index, int Count, bool Applied);
