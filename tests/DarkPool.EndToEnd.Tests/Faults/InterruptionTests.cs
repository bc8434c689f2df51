using DarkPool.EndToEnd.Tests.Support;
using DarkPool.Local.Files;
using DarkPool.Local.Processes;

namespace DarkPool.EndToEnd.Tests.Faults;

/// <summary>However `up` ends, it takes its processes with it.</summary>
public sealed class InterruptionTests
{
    [Theory]
    [InlineData("postgres")]
    [InlineData("enclave")]
    public async Task An_up_that_is_interrupted_while_it_starts_leaves_no_process_behind(string startedLast)
    {
        using TemporaryFolder folder = TemporaryFolder.Create("darkpool end to end");
        var output = new RunningVenue.Output();
        string mark = ProcessMark.Create();
        await using ChildProcess up = RunningVenue.Launch(folder.Sub("data"), output, mark, "--port", "0");
        await Patience.UntilAsync(() => output.ProcessOf(startedLast) is not null || up.HasExited, $"{startedLast} runs");

        await up.StopAsync();

        Assert.Empty(ProcessMark.Find(mark));
    }

    [Fact]
    public async Task An_up_that_was_killed_leaves_no_process_behind_and_its_data_is_taken_up_again()
    {
        using TemporaryFolder folder = TemporaryFolder.Create("darkpool end to end");
        string mark = ProcessMark.Create();
        ulong blocks;
        await using (RunningVenue venue = await RunningVenue.StartAsync(folder.Sub("data"), mark))
        {
            blocks = await BlockAsync(venue.Url);
            venue.Kill();
            await Patience.UntilAsync(() => ProcessMark.Find(mark).Count == 0, "all processes are gone");
        }

        await using RunningVenue again = await RunningVenue.StartAsync(folder.Sub("data"));
        Assert.True(await BlockAsync(again.Url) >= blocks);
        Assert.Equal(0, await again.StopAsync());
    }

    private static async Task<ulong> BlockAsync(Uri url)
    {
        Darkpool.Finished status = await Darkpool.RunAsync("status", "--venue", url.ToString(), "--json");
        return status.Result().GetProperty("block").GetUInt64();
    }
}
