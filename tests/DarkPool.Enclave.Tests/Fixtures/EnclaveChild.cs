using System.Diagnostics;
using DarkPool.Protocol.Link;

namespace DarkPool.Enclave.Tests.Fixtures;

/// <summary>The real executable as a child process, reached over a Unix socket in its platform's folder.</summary>
internal sealed class EnclaveChild : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private EnclaveChild(Process process, LinkEndpoint endpoint)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
        Endpoint = endpoint;
    }

    public LinkEndpoint Endpoint { get; }

    public static EnclaveChild Start(TestPlatform platform, params string[] more) => StartOn(platform, "simulated", more);

    /// <summary>The same with another provider; its platform is among the arguments.</summary>
    public static EnclaveChild StartOn(TestPlatform platform, string provider, params string[] more)
    {
        var endpoint = platform.NewEndpoint();
        var genesis = Path.Combine(platform.Folder, "genesis.json");
        File.WriteAllText(genesis, TestGenesis.Genesis.ToJson());
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])
            [Executable(), "--listen", endpoint.Text, "--genesis", genesis, "--state", platform.Folder, "--provider", provider, .. more])
        {
            start.ArgumentList.Add(argument);
        }

        return new EnclaveChild(Process.Start(start)!, endpoint);
    }

    public Task<EnclaveLink> ConnectAsync() => EnclaveLink.ConnectAsync(Endpoint, Patience, TimeProvider.System);

    /// <summary>The end of the process: its exit code, and all that it said.</summary>
    public async Task<(int Code, string Errors)> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return (_process.ExitCode, await _errors);
    }

    /// <summary>Ends the process as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks the process to end, as a supervisor does.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }

    private static string Executable()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(own.Parent!.Parent!.FullName, "DarkPool.Enclave", own.Name, "DarkPool.Enclave.dll");
    }
}
