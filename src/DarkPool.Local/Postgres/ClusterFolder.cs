using System.Security.Cryptography;
using System.Text;

namespace DarkPool.Local.Postgres;

/// <summary>The files of a private PostgreSQL under its data folder.</summary>
internal sealed class ClusterFolder
{
    /// <summary>sun_path of sockaddr_un (unix(7)) holds 108 bytes with the final zero; the server adds this name to the folder's.</summary>
    private const string SocketName = "/.s.PGSQL.5432";
    private const int LongestSocketPath = 107;

    public ClusterFolder(string dataFolder)
    {
        Root = Path.GetFullPath(dataFolder);
        Cluster = Path.Combine(Root, "cluster");
        Unfinished = Path.Combine(Root, "cluster.unfinished");
        PasswordFile = Path.Combine(Root, "password");
        LogFile = Path.Combine(Root, "postgres.log");
        Socket = SocketFolder(Root);
    }

    public string Root { get; }

    /// <summary>PGDATA.</summary>
    public string Cluster { get; }

    /// <summary>Where initdb works: the cluster gets its name only when it is whole.</summary>
    public string Unfinished { get; }

    public string PasswordFile { get; }

    public string LogFile { get; }

    /// <summary>
    /// The folder of the server's socket. It lies under the temporary folder when the data folder's path is too long for one.
    /// </summary>
    public string Socket { get; }

    public bool HasCluster => File.Exists(Path.Combine(Cluster, "PG_VERSION"));

    private static string SocketFolder(string root)
    {
        var inside = Path.Combine(root, "socket");
        if (Encoding.UTF8.GetByteCount(inside + SocketName) <= LongestSocketPath) return inside;
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(root)).AsSpan(0, 8));
        return Path.Combine(Path.GetTempPath(), "darkpool-" + name);
    }
}
