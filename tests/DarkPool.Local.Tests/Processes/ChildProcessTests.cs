using DarkPool.Local.Files;
using DarkPool.Local.Processes;
using Xunit;

namespace DarkPool.Local.Tests.Processes;

public sealed class ChildProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.Create("dark pool");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Its_exit_code_and_both_outputs_are_reported()
    {
        var lines = new List<string>();
        var child = ChildProcess.Start(Shell("echo out; echo err >&2; exit 3") with
        {
            LogFile = _folder.Sub("logs/child.log"),
            OnLine = line =>
            {
                lock (lines) lines.Add(line);
            },
        });
        Assert.Equal(3, await child.Exited);
        await child.DisposeAsync();
        Assert.Equal(["err", "out"], lines.Order());
        Assert.Equal(["err", "out"], (await File.ReadAllLinesAsync(_folder.Sub("logs/child.log"))).Order());
        Assert.Contains("err", child.Failure("failed").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_and_environment_arrive_as_given()
    {
        var child = ChildProcess.Start(new ChildProcessOptions
        {
            Name = "printf",
            FileName = "sh",
            Arguments = ["-c", "printf '%s|' \"$@\" \"$SECRET\"", "sh", "two words", "a\"quote", "", "--"],
            Environment = new Dictionary<string, string?> { ["SECRET"] = "in the environment" },
        });
        await child.Exited;
        await child.DisposeAsync();
        Assert.Equal(["two words|a\"quote||--|in the environment|"], child.RecentLines);
    }

    [Fact]
    public async Task Its_process_id_is_that_of_the_program()
    {
        var child = ChildProcess.Start(Shell("echo $$"));
        Assert.Equal(0, await child.Exited);
        var id = child.Id;
        await child.DisposeAsync();
        Assert.Equal([id.ToString(System.Globalization.CultureInfo.InvariantCulture)], child.RecentLines);
    }

    [Theory]
    [InlineData(StopSignal.Interrupt, "INT")]
    [InlineData(StopSignal.Terminate, "TERM")]
    public async Task It_is_asked_to_end_by_the_signal_of_its_kind(StopSignal signal, string name)
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var child = ChildProcess.Start(Shell($"trap 'exit 42' {name}; echo ready; while :; do sleep 0.05; done") with
        {
            StopSignal = signal,
            OnLine = _ => ready.TrySetResult(),
        });
        await ready.Task;
        Assert.Equal(42, await child.StopAsync());
    }

    [Fact]
    public async Task It_is_killed_when_it_does_not_obey()
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var child = ChildProcess.Start(Shell("trap '' TERM; echo ready; exec sleep 100000") with
        {
            StopTimeout = TimeSpan.FromMilliseconds(100),
            OnLine = _ => ready.TrySetResult(),
        });
        await ready.Task;
        Assert.Equal(128 + 9, await child.StopAsync());
    }

    [Fact]
    public async Task A_program_that_does_not_exist_is_named()
    {
        var child = ChildProcess.Start(new ChildProcessOptions { Name = "ghost", FileName = "/no/such/program" });
        Assert.Equal(127, await child.Exited);
        await child.DisposeAsync();
        Assert.Contains("/no/such/program", child.Failure("did not start").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_log_moves_aside_and_the_last_lines_stay_known()
    {
        var path = _folder.Sub("full.log");
        var line = new string('x', 1 << 20);
        using (var log = new OutputLog(path))
        {
            for (var i = 0; i <= OutputLog.FileLimit / line.Length; i++) log.Add(line);
            log.Add("last");
            Assert.Equal("last", log.Recent[^1]);
            Assert.True(log.Recent.Count <= OutputLog.RecentLimit);
        }

        Assert.True(new FileInfo(path + ".1").Length >= OutputLog.FileLimit);
        Assert.True(new FileInfo(path).Length < OutputLog.FileLimit);
    }

    private static ChildProcessOptions Shell(string script) => new() { Name = "shell", FileName = "sh", Arguments = ["-c", script] };
}
