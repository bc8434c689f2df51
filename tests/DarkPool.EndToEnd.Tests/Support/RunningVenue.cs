using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using DarkPool.Local.Processes;

namespace DarkPool.EndToEnd.Tests.Support;

/// <summary>A venue that `up` has started, in a data folder with a space in its path.</summary>
internal sealed partial class RunningVenue : IAsyncDisposable
{
    private readonly ChildProcess _up;
    private readonly Output _output;

    private RunningVenue(string data, ChildProcess up, Output output, Uri url)
    {
        Data = data;
        _up = up;
        _output = output;
        Url = url;
    }

    public string Data { get; }

    public Uri Url { get; }

    /// <summary>Process of `up` itself.</summary>
    public int ProcessId => _up.Id;

    public static async Task<RunningVenue> StartAsync(string data, string? mark = null, params string[] more)
    {
        var output = new Output();
        ChildProcess up = Launch(data, output, mark, ["--port", "0", .. more]);
        try
        {
            await Patience.UntilAsync(() => output.Url is not null || up.HasExited, "the venue is ready");
            return output.Url is { } url ? new RunningVenue(data, up, output, url) : throw up.Failure("did not become ready");
        }
        catch
        {
            await up.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts `up` without waiting for the venue.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="output">Takes what it prints.</param>
    /// <param name="mark">Marks it and its children, see <see cref="ProcessMark"/>.</param>
    /// <param name="more">Arguments.</param>
    public static ChildProcess Launch(string data, Output output, string? mark, params string[] more) => ChildProcess.Start(new()
    {
        Environment = new Dictionary<string, string?> { [ProcessMark.Variable] = mark },
        Name = "up",
        FileName = Darkpool.Runtime,
        Arguments = [Darkpool.Assembly, "up", "--data", data, .. more],
        OnLine = output.Add,
        StopSignal = StopSignal.Interrupt,
        StopTimeout = Patience.Long,
    });

    /// <summary>The process of a part that `up` named last.</summary>
    public int ProcessOf(string part) => _output.ProcessOf(part) ?? throw new InvalidOperationException($"{part} was never started.");

    /// <summary>Kills a part (SIGKILL) and waits until `up` has started it again.</summary>
    public async Task KillAsync(string part)
    {
        int killed = 0;
        // An enclave leaves with its host, so the process named last may be gone while its successor is on its way.
        await Patience.UntilAsync(() => TryKill(killed = ProcessOf(part)), $"{part} can be killed");
        await Patience.UntilAsync(() => ProcessOf(part) != killed, $"{part} runs again");
    }

    /// <summary>Interrupts `up`, as Ctrl-C does.</summary>
    /// <returns>Its exit code.</returns>
    public Task<int> StopAsync() => _up.StopAsync();

    /// <summary>Kills `up` itself (SIGKILL).</summary>
    public void Kill() => _up.Kill();

    public ValueTask DisposeAsync() => _up.DisposeAsync();

    private static bool TryKill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>What `up` printed.</summary>
    internal sealed partial class Output
    {
        private readonly Lock _lock = new();
        private readonly List<string> _lines = [];

        public Uri? Url => Find(Ready()) is { } match ? new Uri(match.Groups[1].Value) : null;

        public void Add(string line)
        {
            lock (_lock)
                _lines.Add(line);
        }

        public int? ProcessOf(string part) => Find(new Regex($"^darkpool: {part} runs(?: again)? \\(process (\\d+)\\)")) is { } match
            ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : null;

        private Match? Find(Regex pattern)
        {
            lock (_lock)
                return _lines.Select(line => pattern.Match(line)).LastOrDefault(match => match.Success);
        }

        [GeneratedRegex("^ready (http://\\S+)$")]
        private static partial Regex Ready();
    }
}
