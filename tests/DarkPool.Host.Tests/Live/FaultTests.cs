using System.Net;
using DarkPool.Host.Hosting;
using DarkPool.Host.Tests.Support;
using Xunit;

namespace DarkPool.Host.Tests.Live;

[Collection(LiveTests.Name)]
public sealed class FaultTests(LiveStack stack) : IAsyncLifetime
{
    private LiveVenue _venue = null!;

    public async Task InitializeAsync() => _venue = await LiveVenue.CreateAsync(stack);

    public async Task DisposeAsync() => await _venue.DisposeAsync();

    [Fact]
    public async Task While_PostgreSQL_is_gone_requests_are_refused_and_afterwards_the_venue_resumes_by_itself()
    {
        await using var host = await _venue.StartHostAsync();
        using var trader = await Trader.OpenAsync(_venue, host);
        await trader.SendAsync(host, trader.SealCovers(5));

        await stack.KillPostgresAsync();
        await host.UntilAsync(async () =>
        {
            using var ready = await host.Http.GetAsync(new Uri("/readyz", UriKind.Relative));
            return ready.StatusCode == HttpStatusCode.ServiceUnavailable;
        });
        using (var refused = await host.PostAsync("/v1/envelopes", Envelopes.Command()))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
            Assert.Contains("store-unavailable", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        await stack.StartPostgresAsync();
        await host.ReadyAsync();
        await trader.SendAsync(host, trader.SealCovers(5));
    }

    [Fact]
    public async Task A_second_host_on_one_store_ends_with_a_clear_error_and_has_written_nothing()
    {
        await using var host = await _venue.StartHostAsync("--block-idle-ms", "60000");
        using var trader = await Trader.OpenAsync(_venue, host);
        await host.UntilAsync(async () => await _venue.CountEnvelopesAsync() > 0);
        var before = await _venue.CountEventsAsync();

        var (code, lines) = await _venue.RunHostAsync();

        Assert.Equal((int)ExitCode.FenceLost, code);
        Assert.Contains(lines, line => line.StartsWith("error: ", StringComparison.Ordinal)
            && line.Contains("in use", StringComparison.Ordinal));
        Assert.Equal(before, await _venue.CountEventsAsync());
        await trader.SendAsync(host, trader.SealCovers(1));
    }

    [Fact]
    public async Task A_store_without_its_schema_is_refused()
    {
        var environment = new Dictionary<string,
            string?>(_venue.HostEnvironment) { ["DARKPOOL_POSTGRES"] = await stack.CreateEmptyDatabaseAsync() };
        var (code, lines) = await _venue.RunHostAsync(environment);
        Assert.Equal((int)ExitCode.StoreNotMigrated, code);
        Assert.Contains(lines, line => line.StartsWith("error: ", StringComparison.Ordinal)
            && line.Contains("migrate", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_store_that_cannot_be_reached_is_told_without_its_password()
    {
        const string Password = "s3cret-of-the-store";
        var environment = new Dictionary<string, string?>(_venue.HostEnvironment)
        {
            ["DARKPOOL_POSTGRES"] = $"Host=127.0.0.1;Port=1;Username=x;Password={Password};Timeout=2",
        };
        var (code, lines) = await _venue.RunHostAsync(environment);
        Assert.Equal((int)ExitCode.StoreUnreachable, code);
        Assert.DoesNotContain(lines, line => line.Contains(Password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_enclave_that_cannot_be_reached_is_told()
    {
        var (code, lines) = await _venue.RunHostAsync(null, "--enclave", "unix:/nowhere/at/all.sock", "--enclave-wait-s", "0");
        Assert.Equal((int)ExitCode.EnclaveRefused, code);
        Assert.Contains(lines, line => line.StartsWith("error: the enclave at unix:/nowhere/at/all.sock", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_host_that_is_asked_to_stop_drains_and_its_successor_has_nothing_to_replay()
    {
        ulong last;
        await using (var host = await _venue.StartHostAsync())
        {
            using var trader = await Trader.OpenAsync(_venue, host);
            var places = await trader.SendAsync(host, trader.SealCovers(100));
            last = places[^1].Block;
            Assert.Equal(0, await host.Process.StopAsync());
        }

        Assert.Equal(101, await _venue.CountEnvelopesAsync());
        var before = _venue.Output.Count;
        await using var next = await _venue.StartHostAsync();
        var line = _venue.Output.Skip(before).First(text => text.Contains("Restoring the enclave from block", StringComparison.Ordinal));
        var numbers = System.Text.RegularExpressions.Regex.Matches(line[line.IndexOf("from block", StringComparison.Ordinal)..], "[0-9]+");
        Assert.Equal(numbers[1].Value, numbers[0].Value);
        Assert.True(ulong.Parse(numbers[0].Value, null) >= last);
    }

    [Fact]
    public async Task After_a_host_was_killed_everything_that_had_a_receipt_is_there_and_sessions_go_on()
    {
        Trader trader;
        List<(ulong Block, int Index)> places;
        await using (var host = await _venue.StartHostAsync())
        {
            trader = await Trader.OpenAsync(_venue, host);
            places = await trader.SendAsync(host, trader.SealCovers(50));
            host.Process.Kill();
            await host.Process.Exited;
        }

        await using var next = await _venue.StartHostAsync();
        using var response = await next.Http.GetAsync(new Uri($"/v1/blocks/{places[^1].Block}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await trader.SendAsync(next, trader.SealCovers(5));
        trader.Dispose();
    }

    [Fact]
    public async Task When_the_enclave_dies_waiting_requests_are_answered_and_the_venue_goes_on_with_its_successor()
    {
        await using var host = await _venue.StartHostAsync();
        using var trader = await Trader.OpenAsync(_venue, host);
        var batches = Enumerable.Range(0, 20).Select(_ => trader.SealCovers(50)).ToList();
        var sends = new List<Task<HttpResponseMessage>>();
        foreach (var batch in batches.Take(10)) sends.Add(host.PostAsync("/v1/envelopes", batch));
        await _venue.KillEnclaveAsync();
        foreach (var batch in batches.Skip(10)) sends.Add(host.PostAsync("/v1/envelopes", batch));
        for (var i = 0; i < sends.Count; i++)
        {
            using var response = await sends[i];
            if (response.StatusCode == HttpStatusCode.Accepted) trader.Check(await response.Content.ReadAsByteArrayAsync(), batches[i]);
            else Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        }

        await host.ReadyAsync();
        await trader.SendAsync(host, trader.SealCovers(1));
        Assert.False(host.Process.HasExited);
    }
}
