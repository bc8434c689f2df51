using System.ComponentModel;
using System.Diagnostics;

namespace DarkPool.Local.Processes;

/// <summary>
/// A supervised child: it cannot outlive this process (see <c>ProcessGuard</c>), what it prints is captured, its end is announced,
/// and it is ended gracefully first and by force if it does not obey.
/// </summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan OutputDrain = TimeSpan.FromSeconds(5);

    /// <summary>How long an end waits to be told for the last words before it: more would delay a restart.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(500);

    private readonly Process _process;
    private readonly ChildProcessOptions _options;
    private readonly OutputLog _log;
    private readonly Task _output;
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _disposed;

    private ChildProcess(Process process, ChildProcessOptions options, OutputLog log)
    {
        _process = process;
        _options = options;
        _log = log;
        process.StandardInput.Close();
        _output = Task.WhenAll(CaptureAsync(process.StandardOutput), CaptureAsync(process.StandardError));
        process.Exited += async (_, _) => await AnnounceExitAsync();
        process.EnableRaisingEvents = true;
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>The process id of the program itself.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _exited.Task.IsCompleted;

    /// <summary>Completes with the exit code when the child ends, for whatever reason; 128 + n after signal n.</summary>
    public Task<int> Exited => _exited.Task;

    /// <summary>The last lines that it printed, oldest first.</summary>
    public IReadOnlyList<string> RecentLines => _log.Recent;

    /// <summary>Starts the program.</summary>
    /// <exception cref="IOException">The program cannot be started.</exception>
    /// <exception cref="PlatformNotSupportedException">The tools that guard children are missing.</exception>
    public static ChildProcess Start(ChildProcessOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var info = ProcessGuard.StartInfo(options);
        var log = new OutputLog(options.LogFile);
        try
        {
            return new ChildProcess(SpawnThread.Start(info), options, log);
        }
        catch (Win32Exception e)
        {
            log.Dispose();
            throw new IOException($"{options.Name} cannot be started: {e.Message}", e);
        }
    }

    /// <summary>
    /// Asks the child to end, waits, and kills it after <see cref="ChildProcessOptions.StopTimeout"/>. Returns its exit code.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled while waiting; the child may still run.</exception>
    public async Task<int> StopAsync(CancellationToken cancellation = default)
    {
        if (!HasExited) Ask();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(_options.StopTimeout);
        try
        {
            return await Exited.WaitAsync(timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            Kill();
            return await Exited.WaitAsync(cancellation);
        }
    }

    /// <summary>Ends the child at once (SIGKILL).</summary>
    public void Kill()
    {
        try
        {
            if (!HasExited) _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It ended by itself in between.
        }
    }

    /// <summary>An error that tells what the child printed last.</summary>
    public IOException Failure(string what) =>
        new($"{_options.Name} {what}{(RecentLines.Count == 0 ? "" : ":\n  " + string.Join("\n  ", RecentLines))}");

    /// <summary>Stops the child if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        await StopAsync();
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        // What a killed child's own children still hold open is not worth waiting for longer.
        await _output.WaitAsync(OutputDrain, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _log.Dispose();
        _process.Dispose();
    }

    private void Ask()
    {
        if (OperatingSystem.IsWindows()) Kill();
        else UnixCalls.Signal(Id, _options.StopSignal);
    }

    private void OnProcessExit(object? sender, EventArgs e)
    {
        if (!HasExited) Ask();
    }

    /// <summary>Whoever hears of the end finds in <see cref="RecentLines"/> why.</summary>
    private async Task AnnounceExitAsync()
    {
        var code = _process.ExitCode;
        await _output.WaitAsync(LastWords, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _exited.TrySetResult(code);
    }

    private async Task CaptureAsync(StreamReader reader)
    {
        try
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                _log.Add(line);
                _options.OnLine?.Invoke(line);
            }
        }
        catch (IOException)
        {
            // The pipe went away with the child.
        }
    }
}
