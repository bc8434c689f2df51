using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using DarkPool.EndToEnd.Tests.Support;
using DarkPool.Local.Files;
using DarkPool.Local.Postgres;
using DarkPool.Local.Processes;
using DarkPool.Local.Tools;

namespace DarkPool.EndToEnd.Tests.Compose;

/// <summary>
/// The services of docker-compose.yml as plain processes: its commands, order, health checks and restarts, with container names, ports and
/// volumes replaced by what this machine has. It stands in for an engine only: what the images hold is not shown by it.
/// </summary>
internal sealed class ComposedVenue : IAsyncDisposable
{
    private readonly ComposeFile _file = ComposeFile.OfRepository();
    private readonly TemporaryFolder _folder = TemporaryFolder.Create("darkpool compose");
    private readonly ConcurrentDictionary<string, ChildProcess> _running = [];
    private readonly CancellationTokenSource _ending = new();
    private readonly int _chainPort = FreePort.Next();
    private readonly int _enclavePort = FreePort.Next();
    private readonly int _hostPort = FreePort.Next();
    private readonly List<Task> _keepers = [];
    private LocalPostgres? _postgres;

    public Uri Url => new($"http://127.0.0.1:{_hostPort}");

    private Uri Chain => new($"http://127.0.0.1:{_chainPort}");

    /// <summary>Starts every service when what it depends on is as it has to be.</summary>
    public async Task StartAsync()
    {
        _postgres = await LocalPostgres.StartAsync(new LocalPostgresOptions { DataFolder = _folder.Sub("postgres") });
        var left = _file.Services.Where(service => service.Target is not null).ToList();
        while (left.Count > 0)
        {
            ComposeService next = left.First(service => service.Needs.Keys.All(need => left.TrueForAll(other => other.Name != need)));
            left.Remove(next);
            Start(next);
            if (next.RestartsAlways)
                _keepers.Add(KeepAsync(next));
            if (next.HealthCheck.Count > 0)
                await WaitAsync(next);
            else
                Assert.Equal(0, await _running[next.Name].Exited.WaitAsync(Patience.Long));
        }
    }

    /// <summary>Kills a service (SIGKILL); it and those that ended with it start again if the file says so.</summary>
    public async Task KillAsync(string name)
    {
        ChildProcess killed = _running[name];
        killed.Kill();
        await killed.Exited.WaitAsync(Patience.Long);
        await WaitAsync(_file[name]);
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await Task.WhenAll(_keepers);
        _ending.Dispose();
        foreach (ComposeService service in _file.Services.Reverse())
        {
            if (_running.TryGetValue(service.Name, out ChildProcess? process))
                await process.DisposeAsync();
        }
        if (_postgres is not null)
            await _postgres.DisposeAsync();
        _folder.Dispose();
    }

    private async Task WaitAsync(ComposeService service)
    {
        bool EndedForGood() => _running[service.Name].HasExited && !service.RestartsAlways;
        try
        {
            await Patience.UntilAsync(async () => EndedForGood() || await IsHealthyAsync(service), $"{service.Name} is healthy");
        }
        catch (TimeoutException e)
        {
            throw new AggregateException(e.Message, _running.Values.Select(process => process.Failure("printed last")));
        }
        if (EndedForGood())
            throw _running[service.Name].Failure("is not healthy");
    }

    /// <summary>Starts a service again whenever it ends, as an engine does.</summary>
    private async Task KeepAsync(ComposeService service)
    {
        try
        {
            while (true)
            {
                await _running[service.Name].Exited.WaitAsync(_ending.Token);
                await _running[service.Name].DisposeAsync();
                Start(service);
            }
        }
        catch (OperationCanceledException)
        {
            // The venue is at its end.
        }
    }

    private void Start(ComposeService service)
    {
        (string file, string[] before) = Program(service.Target!);
        _running[service.Name] = ChildProcess.Start(new ChildProcessOptions
        {
            Name = service.Name,
            FileName = file,
            Arguments = [.. before, .. service.Command.Select(argument => Here(service, argument))],
            Environment = service.Environment.ToDictionary(
                variable => variable.Key,
                variable => variable.Key == "DARKPOOL_POSTGRES" ? _postgres!.ConnectionString : (string?)variable.Value),
        });
    }

    private (string File, string[] Arguments) Program(string target) => target switch
    {
        "chain" => (Toolchain.Anvil, ["--port", _chainPort.ToString(CultureInfo.InvariantCulture)]),
        "cli" => (Darkpool.Runtime, [Darkpool.Assembly]),
        "enclave" => (Darkpool.Runtime, [Darkpool.Sibling("DarkPool.Enclave", "DarkPool.Enclave.dll")]),
        "host" => (Darkpool.Runtime, [Darkpool.Sibling("DarkPool.Host", "DarkPool.Host.dll")]),
        _ => throw new InvalidOperationException($"{target} is no known image."),
    };

    /// <summary>An argument with this machine's addresses, ports and folders.</summary>
    private string Here(ComposeService service, string text)
    {
        text = text
            .Replace("http://chain:8545", Chain.ToString(), StringComparison.Ordinal)
            .Replace("http://127.0.0.1:8545", Chain.ToString(), StringComparison.Ordinal)
            .Replace("tcp:enclave:7400", $"tcp:127.0.0.1:{_enclavePort}", StringComparison.Ordinal)
            .Replace("tcp:0.0.0.0:7400", $"tcp:127.0.0.1:{_enclavePort}", StringComparison.Ordinal)
            .Replace("http://0.0.0.0:8787", Url.ToString(), StringComparison.Ordinal)
            .Replace("http://host:8787", Url.ToString(), StringComparison.Ordinal)
            .Replace("127.0.0.1/8787", $"127.0.0.1/{_hostPort}", StringComparison.Ordinal)
            .Replace(":1CE8", $":{_enclavePort:X4}", StringComparison.Ordinal);
        if (text == "0.0.0.0")
            return "127.0.0.1";
        foreach (string volume in service.Volumes)
        {
            string[] parts = volume.Split(':');
            int value = text.StartsWith("--", StringComparison.Ordinal) ? text.IndexOf('=', StringComparison.Ordinal) + 1 : 0;
            string path = text[value..];
            if (path == parts[1] || path.StartsWith(parts[1] + "/", StringComparison.Ordinal))
                return text[..value] + Volume(parts[0]) + path[parts[1].Length..];
        }
        return text;
    }

    private string Volume(string name) => Directory.CreateDirectory(_folder.Sub(name)).FullName;

    private async Task<bool> IsHealthyAsync(ComposeService service)
    {
        string[] test = [.. service.HealthCheck.Select(part => Here(service, part))];
        string[] command = test[0] == "CMD-SHELL" ? ["sh", "-c", test[1]] : test[1..];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
