using System.Security.Cryptography;
using DarkPool.Local.Files;
using DarkPool.Local.Processes;

namespace DarkPool.Local.Postgres;

/// <summary>Creates a cluster on first use: SCRAM with a random password over a private socket, the C locale, UTF-8.</summary>
internal static class ClusterSetup
{
    /// <summary>The superuser of a private cluster.</summary>
    public const string Superuser = "darkpool";

    private const int PasswordBytes = 32;

    /// <summary>Makes sure that there is a whole cluster, and returns its password.</summary>
    public static async Task<string> EnsureAsync(
        ClusterFolder folder, string programs, ServerAccount? account, CancellationToken cancellation)
    {
        if (folder.HasCluster) return await File.ReadAllTextAsync(folder.PasswordFile, cancellation);

        if (Directory.Exists(folder.Unfinished)) Directory.Delete(folder.Unfinished, recursive: true);
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(PasswordBytes));
        PrivateFiles.Write(folder.PasswordFile, password);
        PrivateFiles.CreateFolder(folder.Unfinished);
        Give(folder.Unfinished, account);
        await InitializeAsync(folder, programs, account, password, cancellation);
        Directory.Move(folder.Unfinished, folder.Cluster);
        return password;
    }

    /// <summary>Gives a file or folder to the server's account, if it has its own.</summary>
    public static void Give(string path, ServerAccount? account)
    {
        if (account is not null) UnixCalls.ChangeOwner(path, account.User, account.Group);
    }

    private static async Task InitializeAsync(
        ClusterFolder folder, string programs, ServerAccount? account, string password, CancellationToken cancellation)
    {
        // initdb reads the password as the server's account, which cannot read our own file.
        var handed = Path.Combine(folder.Root, "password.initdb");
        PrivateFiles.Write(handed, password);
        Give(handed, account);
        try
        {
            await using var initdb = ChildProcess.Start(new ChildProcessOptions
            {
                Name = "initdb",
                FileName = Path.Combine(programs, "bin", "initdb"),
                Arguments =
                [
                    "--pgdata", folder.Unfinished, "--username", Superuser, "--pwfile", handed, "--auth", "scram-sha-256",
                    "--encoding", "UTF8", "--locale", "C", "--no-instructions",
                ],
                WorkingFolder = "/",
                LogFile = folder.LogFile,
                Account = account,
            });
            var code = await initdb.Exited.WaitAsync(cancellation);
            if (code != 0) throw initdb.Failure($"failed with code {code}");
        }
        finally
        {
            File.Delete(handed);
        }
    }
}
