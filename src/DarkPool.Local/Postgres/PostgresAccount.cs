using System.Globalization;
using DarkPool.Local.Processes;

namespace DarkPool.Local.Postgres;

/// <summary>Decides under which account the server of this process runs.</summary>
internal static class PostgresAccount
{
    /// <summary>
    /// Null for an ordinary user. For root: the owner of an existing cluster, else nobody; with the capability to pass closed folders only
    /// if it cannot reach the data or the programs without it.
    /// </summary>
    public static async Task<ServerAccount?> ResolveAsync(ClusterFolder folder, string programs, CancellationToken cancellation)
    {
        if (!UnixCalls.IsRoot) return null;
        var (user, group) = folder.HasCluster
            ? await OwnerAsync(folder.Cluster, cancellation)
            : (ServerAccount.Nobody, ServerAccount.Nobody);
        if (user == 0)
        {
            throw new IOException($"{folder.Cluster} belongs to root, under whom PostgreSQL does not run: give it to another user");
        }

        var plain = new ServerAccount(user, group, MayPassFolders: false);
        return await ReachesAsync(plain, folder.Root, programs, cancellation) ? plain : plain with { MayPassFolders = true };
    }

    private static async Task<bool> ReachesAsync(ServerAccount account, string data, string programs, CancellationToken cancellation)
    {
        await using var probe = ChildProcess.Start(new ChildProcessOptions
        {
            Name = "access probe",
            FileName = "test",
            Arguments = ["-x", data, "-a", "-x", Path.Combine(programs, "bin", "postgres")],
            WorkingFolder = "/",
            Account = account,
        });
        return await probe.Exited.WaitAsync(cancellation) == 0;
    }

    private static async Task<(uint User, uint Group)> OwnerAsync(string path, CancellationToken cancellation)
    {
        var options = new ChildProcessOptions { Name = "stat", FileName = "stat", Arguments = ["-c", "%u:%g", path] };
        await using var stat = ChildProcess.Start(options);
        var code = await stat.Exited.WaitAsync(cancellation);
        await stat.DisposeAsync();
        var parts = stat.RecentLines.Count == 1 ? stat.RecentLines[0].Split(':') : [];
        return code == 0 && parts.Length == 2
            ? (uint.Parse(parts[0], CultureInfo.InvariantCulture), uint.Parse(parts[1], CultureInfo.InvariantCulture))
            : throw stat.Failure($"ended with code {code}");
    }
}
