using System.Net.Sockets;
using DarkPool.Cli.Processes;
using DarkPool.Cli.Stack;
using DarkPool.Local.Files;
using DarkPool.Local.Processes;
using DarkPool.Protocol.Link;

namespace DarkPool.Cli.Verification;

/// <summary>A fresh enclave process that only replays: it never goes live, and forgets all when it is disposed.</summary>
internal sealed class ReplayEnclave : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    /// <summary>
    /// A replay takes seconds: each method is compiled once and well, where a process that lives for days compiles it quickly first and
    /// again beside its work. It takes a third less of the processor. Idle threads do not spin, because both it and PostgreSQL are busy.
    /// </summary>
    private static readonly Dictionary<string, string?> ShortLived = new()
    {
        ["DOTNET_TieredCompilation"] = "0",
        ["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "1",
    };

    private readonly TemporaryFolder _folder;
    private readonly ChildProcess _process;

    private ReplayEnclave(TemporaryFolder folder, ChildProcess process, EnclaveLink link)
    {
        _folder = folder;
        _process = process;
        Link = link;
    }

    public EnclaveLink Link { get; }

    /// <exception cref="IOException">The enclave does not start.</exception>
    public static async Task<ReplayEnclave> StartAsync(
        DataFolder data, EnclavePlatform platform, TimeProvider time, CancellationToken cancellation)
    {
        TemporaryFolder folder = TemporaryFolder.Create("darkpool-verify");
        string endpoint = "unix:" + folder.Sub("enclave");
        var process = ChildProcess.Start(new ChildProcessOptions
        {
            Name = "enclave",
            FileName = Executables.Runtime,
            Arguments =
            [
                Executables.Find("DarkPool.Enclave"), "--listen", endpoint, "--genesis", data.Genesis, "--state", data.Enclave,
                "--replay-only", .. platform.Arguments,
            ],
            Environment = ShortLived,
        });
        try
        {
            EnclaveLink link = await EnclaveLink.ConnectAsync(LinkEndpoint.Parse(endpoint), StartLimit, time, cancellation);
            return new ReplayEnclave(folder, process, link);
        }
        catch (SocketException)
        {
            IOException failure = process.Failure("does not start for the replay");
            await process.DisposeAsync();
            folder.Dispose();
            throw failure;
        }
        catch
        {
            await process.DisposeAsync();
            folder.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Link.DisposeAsync();
        await _process.DisposeAsync();
        _folder.Dispose();
    }
}
