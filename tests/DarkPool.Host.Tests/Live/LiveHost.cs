using DarkPool.Local.Processes;

namespace DarkPool.Host.Tests.Live;

/// <summary>A running host process.</summary>
internal sealed class LiveHost : HostClient, IAsyncDisposable
{
    private LiveHost(ChildProcess process, Uri address)
        : base(address) => Process = process;

    public ChildProcess Process { get; }

    public static async Task<LiveHost> StartAsync(
        IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?> environment, Action<string> onLine)
    {
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = LiveStack.Start("DarkPool.Host", arguments, environment, line =>
        {
            onLine(line);
            if (line.StartsWith("listening ", StringComparison.Ordinal)) address.TrySetResult(new Uri(line["listening ".Length..]));
        });
        await Task.WhenAny(address.Task, process.Exited);
        if (address.Task.IsCompleted) return new LiveHost(process, await address.Task);
        var lines = string.Join('\n', process.RecentLines);
        await process.DisposeAsync();
        throw new InvalidOperationException($"The host did not start:\n{lines}");
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        await Process.DisposeAsync();
    }

    protected override void AssertAlive()
    {
        if (Process.HasExited) throw new InvalidOperationException($"The host has ended:\n{string.Join('\n', Process.RecentLines)}");
    }
}
