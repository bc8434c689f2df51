using DarkPool.Local.Anvil;

namespace DarkPool.Cli.Stack;

/// <summary>A way to the chain of a data folder, whether or not the stack runs on it.</summary>
internal sealed class ChainAccess : IAsyncDisposable
{
    private readonly LocalChain? _own;

    private ChainAccess(Uri url, LocalChain? own)
    {
        Url = url;
        _own = own;
    }

    public Uri Url { get; }

    /// <summary>
    /// The chain that is given, else the one of the running stack, else the local one, started for as long as this lives.
    /// </summary>
    public static async Task<ChainAccess> OpenAsync(DataFolder folder, Uri? given, CancellationToken cancellation)
    {
        if (given is not null)
            return new ChainAccess(given, null);
        if (RunningStack.Load(folder) is { } running)
            return new ChainAccess(new Uri(running.Chain), null);
        LocalChain chain = await LocalChain.StartAsync(new LocalChainOptions { DataFolder = folder.Chain }, cancellation);
        return new ChainAccess(chain.Url, chain);
    }

    public ValueTask DisposeAsync() => _own is null ? ValueTask.CompletedTask : _own.DisposeAsync();
}
