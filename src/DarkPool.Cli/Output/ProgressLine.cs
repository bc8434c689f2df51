namespace DarkPool.Cli.Output;

/// <summary>
/// Progress of long work on standard error: one line that is overwritten on a terminal, now and then a line of its own elsewhere.
/// </summary>
internal sealed class ProgressLine : IAsyncDisposable
{
    /// <summary>What a terminal shows smoothly.</summary>
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(250);

    /// <summary>What a log file bears.</summary>
    private static readonly TimeSpan InLog = TimeSpan.FromSeconds(2);

    private readonly Func<string> _text;
    private readonly bool _terminal = !Console.IsErrorRedirected;
    private readonly PeriodicTimer _timer;
    private readonly Task _running;
    private int _shown;

    /// <param name="text">Gives the line; called from another thread.</param>
    /// <param name="time">Clock of the pace.</param>
    public ProgressLine(Func<string> text, TimeProvider time)
    {
        _text = text;
        _timer = new PeriodicTimer(_terminal ? OnTerminal : InLog, time);
        _running = RunAsync();
    }

    /// <summary>Shows the last state and ends the line.</summary>
    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _running;
        if (!_terminal)
            return;
        Show();
        await Console.Error.WriteLineAsync();
    }

    private async Task RunAsync()
    {
        while (await _timer.WaitForNextTickAsync())
            Show();
    }

    private void Show()
    {
        string text = _text();
        if (!_terminal)
        {
            Console.Error.WriteLine(text);
            return;
        }
        Console.Error.Write("\r" + text.PadRight(_shown));
        _shown = text.Length;
    }
}
