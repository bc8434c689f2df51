using DarkPool.Cli.Stack;
using DarkPool.EndToEnd.Tests.Support;
using DarkPool.Local.Anvil;
using DarkPool.Local.Processes;

namespace DarkPool.EndToEnd.Tests.Faults;

/// <summary>Who comes second is told so and changes nothing.</summary>
public sealed class SecondComerTests(VenueFixture fixture) : IClassFixture<VenueFixture>
{
    /// <summary>DarkPool.Host's exit code for a shard that another host serves.</summary>
    private const int FenceLost = 3;

    [Fact]
    public async Task A_second_up_on_the_same_data_exits_with_a_clear_error()
    {
        Darkpool.Finished second = await Darkpool.RunAsync("up", "--data", fixture.Venue.Data, "--port", "0");

        Assert.Equal(1, second.ExitCode);
        Assert.Contains("Another process uses the data folder", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        string other = fixture.Scratch("other data");

        Darkpool.Finished second = await Darkpool.RunAsync("up", "--data", other, "--port", $"{fixture.Venue.Url.Port}");

        Assert.Equal(1, second.ExitCode);
        Assert.Contains($"Port {fixture.Venue.Url.Port} of 127.0.0.1 is in use", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_host_on_the_same_store_exits_with_a_clear_error_and_writes_nothing()
    {
        var folder = new DataFolder(fixture.Venue.Data);
        RunningStack stack = RunningStack.Load(folder)!;
        (long events, long epochs) before = await StoreRows.CountAsync(stack.Postgres);

        await using var second = ChildProcess.Start(new ChildProcessOptions
        {
            Name = "second host",
            FileName = Darkpool.Runtime,
            Arguments =
            [
                Darkpool.Sibling("DarkPool.Host", "DarkPool.Host.dll"), "--enclave", "unix:" + fixture.Scratch("nobody"),
                "--genesis", folder.Genesis, "--chain", stack.Chain, "--port", "0",
            ],
            Environment = new Dictionary<string, string?>
            {
                ["DARKPOOL_POSTGRES"] = stack.Postgres,
                ["DARKPOOL_PUBLISHER_KEY"] = DevAccount.Spare.PrivateKey,
            },
        });
        int code = await second.Exited.WaitAsync(Patience.Long);

        Assert.Equal(FenceLost, code);
        Assert.Contains(second.RecentLines, line => line.Contains("Shard 1 is in use", StringComparison.Ordinal));
        (long events, long epochs) after = await StoreRows.CountAsync(stack.Postgres);
        Assert.Equal(before.epochs, after.epochs);
        await Patience.UntilAsync(async () => (await StoreRows.CountAsync(stack.Postgres)).Events > after.events, "the first host goes on");
    }
}
