namespace DarkPool.Local.Postgres;

/// <summary>Where and how a <see cref="LocalPostgres"/> runs.</summary>
public sealed record LocalPostgresOptions
{
    /// <summary>The folder of the cluster, its password and its log; created on first use, resumed later.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The database of <see cref="LocalPostgres.ConnectionString"/>, created where needed.</summary>
    public string Database { get; init; } = "darkpool";

    /// <summary>Server settings on top of, or instead of, the default ones, by the names of postgresql.conf.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>How long the server may take to accept connections, crash recovery included. Default 2 minutes.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The clock of the waiting; the system's by default.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
