using DarkPool.Chain.Rpc;

namespace DarkPool.Local.Anvil;

/// <summary>
/// Saves the state of a running chain whenever it has new blocks, at a pace that never takes more than a tenth of the time.
/// </summary>
internal sealed class StateSaver : IAsyncDisposable
{
    private const int LargestShare = 10;

    private readonly JsonRpcClient _rpc;
    private readonly ChainState _state;
    private readonly TimeProvider _time;
    private readonly TimeSpan _interval;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private string _savedBlock = "";

    public StateSaver(JsonRpcClient rpc, ChainState state, TimeSpan interval, TimeProvider time)
    {
        _rpc = rpc;
        _state = state;
        _interval = interval;
        _time = time;
        _running = RunAsync();
    }

    /// <summary>Stops saving.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(_interval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                var started = _time.GetTimestamp();
                await SaveAsync(_stop.Token);
                var wanted = _time.GetElapsedTime(started) * LargestShare;
                timer.Period = wanted > _interval ? wanted : _interval;
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private async Task SaveAsync(CancellationToken cancellation)
    {
        try
        {
            // The hash and not the number: after a reorganisation the number may be the same.
            var latest = await _rpc.CallAsync("eth_getBlockByNumber", ["latest", false], cancellation);
            var block = latest.GetProperty("hash").GetString()!;
            if (block == _savedBlock) return;
            var dump = await _rpc.CallAsync("anvil_dumpState", [], cancellation);
            _state.Save(dump.GetString()!);
            _savedBlock = block;
        }
        catch (Exception e) when (e is ChainUnavailableException or JsonRpcException)
        {
            // The node is busy or gone: the next tick tries again, and the node's owner watches its end.
        }
    }
}
