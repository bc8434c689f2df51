namespace DarkPool.Local.Postgres;

/// <summary>Settings of a private server: as durable as a production one, sized for a workstation.</summary>
internal static class PostgresSettings
{
    private static readonly Dictionary<string, string> Defaults = new()
    {
        // A socket in a private folder is the only way in.
        ["listen_addresses"] = "",
        ["unix_socket_permissions"] = "0700",
        ["fsync"] = "on",
        ["synchronous_commit"] = "on",
        ["max_connections"] = "200",
        ["shared_buffers"] = "256MB",
        // Blocks are written at hundreds of megabytes a second: checkpoints by volume would come every few seconds.
        ["max_wal_size"] = "4GB",
        ["checkpoint_timeout"] = "15min",
        ["log_min_messages"] = "warning",
        ["logging_collector"] = "off",
    };

    /// <summary>The server's arguments, after the given overrides.</summary>
    public static IEnumerable<string> Arguments(ClusterFolder folder, IReadOnlyDictionary<string, string> overrides)
    {
        yield return "-D";
        yield return folder.Cluster;
        var settings = new SortedDictionary<string, string>(Defaults, StringComparer.Ordinal)
        {
            ["unix_socket_directories"] = folder.Socket,
        };
        foreach (var (name, value) in overrides) settings[name] = value;
        foreach (var (name, value) in settings)
        {
            yield return "-c";
            yield return $"{name}={value}";
        }
    }
}
