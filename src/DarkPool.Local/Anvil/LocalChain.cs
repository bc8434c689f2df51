using System.Globalization;
using DarkPool.Chain.Rpc;
using DarkPool.Local.Files;
using DarkPool.Local.Processes;
using DarkPool.Local.Tools;

namespace DarkPool.Local.Anvil;

/// <summary>
/// A private chain (anvil) on a data folder: started on first use, resumed later with its blocks, accounts and logs. An orderly end and the
/// death of this process lose nothing; a kill -9 of the node itself loses at most what came since the last save, which to its users
/// looks like a reorganisation.
/// </summary>
public sealed class LocalChain : IAsyncDisposable
{
    /// <summary>The chain id of development nodes.</summary>
    public const long ChainId = 31337;

    /// <summary>
    /// States of past blocks that the node keeps, in memory. Without a limit it writes one of some hundred kilobytes to disk for every
    /// block. Blocks, transactions and logs are all kept.
    /// </summary>
    private const int KeptStates = 256;

    private const string ListeningPrefix = "Listening on ";

    private readonly FolderLock _lock;
    private readonly ChildProcess _node;
    private readonly JsonRpcClient _rpc;
    private readonly StateSaver _saver;

    private LocalChain(FolderLock folderLock, ChildProcess node, Uri url, ChainState state, LocalChainOptions options)
    {
        _lock = folderLock;
        _node = node;
        Url = url;
        _rpc = new JsonRpcClient(url, time: options.Time);
        _saver = new StateSaver(_rpc, state, options.SaveInterval, options.Time);
    }

    /// <summary>Where the node answers JSON-RPC.</summary>
    public Uri Url { get; }

    /// <summary>The node's process id.</summary>
    public int ProcessId => _node.Id;

    /// <summary>Completes with its exit code when the node ends, for whatever reason.</summary>
    public Task<int> Exited => _node.Exited;

    /// <summary>Starts a chain on the folder and waits until it answers.</summary>
    /// <exception cref="IOException">
    /// Another process uses the folder, or the node does not start: the message has its last lines.
    /// </exception>
    /// <exception cref="TimeoutException">It did not answer in time.</exception>
    /// <exception cref="FileNotFoundException">The node is not installed.</exception>
    public static async Task<LocalChain> StartAsync(LocalChainOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var folder = Path.GetFullPath(options.DataFolder);
        var folderLock = FolderLock.Take(folder);
        try
        {
            var state = new ChainState(folder);
            state.Prepare();
            var listening = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            var node = ChildProcess.Start(new ChildProcessOptions
            {
                Name = "anvil",
                FileName = Toolchain.Anvil,
                Arguments = [.. Arguments(options, state, folder)],
                WorkingFolder = folder,
                LogFile = Path.Combine(folder, "anvil.log"),
                OnLine = line =>
                {
                    if (line.StartsWith(ListeningPrefix, StringComparison.Ordinal)) listening.TrySetResult(line[ListeningPrefix.Length..]);
                },
            });
            var url = await ListenAsync(node, listening.Task, options, cancellation);
            return new LocalChain(folderLock, node, url, state, options);
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }

    /// <summary>Ends the node at once (SIGKILL), as a fault would: for tests of recovery.</summary>
    public void Kill() => _node.Kill();

    /// <summary>Stops the node, which saves its state.</summary>
    public async ValueTask DisposeAsync()
    {
        await _saver.DisposeAsync();
        await _node.DisposeAsync();
        _rpc.Dispose();
        _lock.Dispose();
    }

    private static async Task<Uri> ListenAsync(
        ChildProcess node, Task<string> listening, LocalChainOptions options, CancellationToken cancellation)
    {
        try
        {
            await Task.WhenAny(listening, node.Exited).WaitAsync(options.StartTimeout, options.Time, cancellation);
            if (!listening.IsCompleted) throw node.Failure($"did not start (code {await node.Exited})");
            return new Uri("http://" + await listening);
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    private static List<string> Arguments(LocalChainOptions options, ChainState state, string folder)
    {
        List<string> arguments =
        [
            "--host", "127.0.0.1",
            "--port", options.Port.ToString(CultureInfo.InvariantCulture),
            "--chain-id", ChainId.ToString(CultureInfo.InvariantCulture),
            "--mnemonic", DevAccount.Mnemonic,
            "--order", "fifo",
            "--prune-history", KeptStates.ToString(CultureInfo.InvariantCulture),
            "--cache-path", Path.Combine(folder, "cache"),
            "--dump-state", state.Final,
        ];
        if (File.Exists(state.Saved)) arguments.AddRange(["--load-state", state.Saved]);
        if (options.BlockTime is { } blockTime)
        {
            var seconds = (long)Math.Max(1, blockTime.TotalSeconds);
            arguments.AddRange(["--block-time", seconds.ToString(CultureInfo.InvariantCulture), "--mixed-mining"]);
        }

        return arguments;
    }
}
