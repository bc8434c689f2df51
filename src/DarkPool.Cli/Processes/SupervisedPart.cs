using System.Globalization;

namespace DarkPool.Cli.Processes;

/// <summary>Keeps one part of the stack running: a part that dies is started again, with a growing pause.</summary>
internal sealed class SupervisedPart : IAsyncDisposable
{
    private readonly string _name;
    private readonly Func<CancellationToken, Task<RunningPart>> _start;
    private readonly IReadOnlyDictionary<int, string> _fatal;
    private readonly Action<string> _status;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private volatile RunningPart _current;
    private volatile bool _isReleased;

    private SupervisedPart(
        string name,
        RunningPart first,
        Func<CancellationToken, Task<RunningPart>> start,
        IReadOnlyDictionary<int, string> fatal,
        Action<string> status,
        TimeProvider time)
    {
        _name = name;
        _current = first;
        _start = start;
        _fatal = fatal;
        _status = status;
        _time = time;
        Completion = WatchAsync();
    }

    /// <summary>Ends without fault after a stop, with a <see cref="StackException"/> when the part cannot be kept running.</summary>
    public Task Completion { get; }

    /// <summary>Id of the process that runs, or ran last.</summary>
    public int ProcessId => _current.Id;

    /// <summary>Starts the part; a fault of this first start is the caller's.</summary>
    /// <param name="name">Name in messages.</param>
    /// <param name="start">Starts one process of the part.</param>
    /// <param name="fatal">Exit codes after which starting again is of no use, with the reason in words.</param>
    /// <param name="status">Takes lines for the user: deaths and restarts.</param>
    /// <param name="time">Clock of the pauses.</param>
    /// <param name="cancellation">Ends the first start.</param>
    public static async Task<SupervisedPart> StartAsync(
        string name,
        Func<CancellationToken, Task<RunningPart>> start,
        IReadOnlyDictionary<int, string> fatal,
        Action<string> status,
        TimeProvider time,
        CancellationToken cancellation)
    {
        RunningPart first = await start(cancellation);
        return new SupervisedPart(name, first, start, fatal, status, time);
    }

    /// <summary>From now on the part is not started again: another that stops may take it along.</summary>
    public Task StopWatchingAsync() => _stopping.CancelAsync();

    /// <summary>Lets the part drain and end.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopWatchingAsync();
        await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_isReleased)
            await _current.Owner.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task WatchAsync()
    {
        var backoff = new RestartBackoff(_time);
        try
        {
            while (true)
            {
                long startedAt = _time.GetTimestamp();
                int code = await _current.Exited.WaitAsync(_stopping.Token);
                await _current.Owner.DisposeAsync();
                _isReleased = true;
                await RestartAsync(backoff, startedAt, code);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Stopped on purpose.
        }
    }

    private async Task RestartAsync(RestartBackoff backoff, long startedAt, int code)
    {
        string end = string.Create(CultureInfo.InvariantCulture, $"exit code {code}");
        string lastWords = string.Concat(_current.LastWords().Select(line => "\n  " + line));
        if (_fatal.TryGetValue(code, out string? reason))
            throw new StackException($"{_name}: {reason}{lastWords}");
        while (backoff.AfterDeath(startedAt) is { } pause)
        {
            _status(string.Create(CultureInfo.InvariantCulture, $"{_name} ended ({end}); starting it again in {pause.TotalSeconds:0.0} s"));
            using (var timer = new PeriodicTimer(pause, _time))
                await timer.WaitForNextTickAsync(_stopping.Token);
            try
            {
                startedAt = _time.GetTimestamp();
                _current = await _start(_stopping.Token);
                _isReleased = false;
                _status(string.Create(CultureInfo.InvariantCulture, $"{_name} runs again (process {_current.Id})"));
                return;
            }
            catch (Exception e) when (e is IOException or TimeoutException)
            {
                end = e.Message;
            }
        }
        throw new StackException($"{_name} does not stay up ({end}){lastWords}");
    }
}
