using System.Net;
using System.Text.Json;
using DarkPool.Host.Tests.Support;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Entries;
using Xunit;

namespace DarkPool.Host.Tests.Live;

[Collection(LiveTests.Name)]
public sealed class LogTests(LiveStack stack) : IAsyncLifetime
{
    private LiveVenue _venue = null!;
    private LiveHost _host = null!;

    public async Task InitializeAsync()
    {
        _venue = await LiveVenue.CreateAsync(stack);
        _host = await _venue.StartHostAsync("--block-entries", "64");
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _venue.DisposeAsync();
    }

    [Fact]
    public async Task Receipts_verify_and_the_envelopes_of_a_request_stand_together_in_order()
    {
        using var first = await Trader.OpenAsync(_venue, _host);
        using var second = await Trader.OpenAsync(_venue, _host);
        var requests = new[] { (first, 20), (second, 30), (first, 10), (second, 1) }
            .Select(request => (Trader: request.Item1, Envelopes: request.Item1.SealCovers(request.Item2)))
            .ToList();
        var places = await Task.WhenAll(requests.Select(request => request.Trader.SendAsync(_host, request.Envelopes)));
        foreach (var run in places)
        {
            var expected = Enumerable.Range(0, run.Count).Select(offset => After(run[0], offset));
            Assert.Equal(expected, run);
        }

        Assert.Equal(61, places.SelectMany(run => run).Distinct().Count());
    }

    [Fact]
    public async Task A_request_that_fills_a_block_goes_on_in_the_next_with_a_receipt_for_each_part()
    {
        using var trader = await Trader.OpenAsync(_venue, _host);
        var places = await trader.SendAsync(_host, trader.SealCovers(150));
        Assert.Equal(150, places.Count);
        Assert.True(places.Select(place => place.Block).Distinct().Count() >= 3);
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public async Task A_block_is_served_as_it_was_appended_and_described()
    {
        using var trader = await Trader.OpenAsync(_venue, _host);
        var envelopes = trader.SealCovers(3);
        var (number, index) = (await trader.SendAsync(_host, envelopes))[0];

        var bytes = await _host.Http.GetByteArrayAsync(new Uri($"/v1/blocks/{number}", UriKind.Relative));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/v1/blocks/{number}", UriKind.Relative));
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await _host.Http.SendAsync(request);
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());

        Assert.Equal("envelope", document.RootElement.GetProperty("entries")[index].GetProperty("kind").GetString());
        Assert.Equal(BlockFault.None, BlockReader.Open(bytes, out var reader));
        Assert.True(reader.HasItsRoot());
        Assert.Equal(reader.Header.EntriesRoot.ToString(), document.RootElement.GetProperty("entriesRoot").GetString());
        for (var i = 0; i <= index; i++) Assert.True(reader.MoveNext());
        Assert.Equal(envelopes.AsSpan(0, 256), reader.Current.Data);
    }

    [Fact]
    public async Task A_block_that_does_not_exist_yet_is_not_found()
    {
        using var response = await _host.Http.GetAsync(new Uri("/v1/blocks/999999999", UriKind.Relative));
        Assert.Equal(
            """{"type":"urn:darkpool:problem:unknown-block","title":"There is no such block yet","status":404}""",
            await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_hello_that_does_not_open_enters_the_log_and_is_told_so()
    {
        using var response = await _host.PostAsync("/v1/sessions", Envelopes.Hello());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal("urn:darkpool:problem:hello-refused", document.RootElement.GetProperty("type").GetString());
        Assert.NotEmpty(document.RootElement.GetProperty("receipt").GetBytesFromBase64());
    }

    [Fact]
    public async Task Nothing_of_a_refused_request_is_in_the_log()
    {
        using var trader = await Trader.OpenAsync(_venue, _host);
        var start = (await trader.SendAsync(_host, trader.SealCovers(1)))[0].Block;
        byte[][] refused =
        [
            [], Envelopes.Commands(2)[..300], [.. Envelopes.Command(), .. Envelopes.Command().With(0, 9)], Envelopes.Hello(),
            [.. trader.SealCovers(2), 0],
        ];
        foreach (var body in refused)
        {
            using var response = await _host.PostAsync("/v1/envelopes", body);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }

        using var governance = await _host.PostAsync("/v1/governance", new byte[100]);
        Assert.Equal(HttpStatusCode.BadRequest, governance.StatusCode);
        using var last = await Trader.OpenAsync(_venue, _host);
        Assert.Equal(1, await CountEntriesAsync(start + 1));
    }

    [Fact]
    public async Task Governance_takes_effect_with_its_receipt_and_is_shown()
    {
        var token = _venue.Deployment.Tokens[0].Address;
        using (var listed = await GovernAsync(GovernanceType.ListAsset, 1, new ListAsset(1, token, 6, "USD").ToBytes()))
            Assert.Equal(HttpStatusCode.Accepted, listed.StatusCode);
        var shown = await _host.GetJsonAsync("/v1/venue");
        Assert.Equal("USD", shown.GetProperty("assets")[0].GetProperty("symbol").GetString());
        Assert.Equal(token.ToString(), shown.GetProperty("assets")[0].GetProperty("token").GetString());
        Assert.Equal(2UL, shown.GetProperty("governance").GetProperty("nextSequence").GetUInt64());

        using (var again = await GovernAsync(GovernanceType.ListAsset, 1, new ListAsset(2, token, 6, "EUR").ToBytes()))
        {
            Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
            Assert.Contains("\"nextSequence\":2", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using (var twice = await GovernAsync(GovernanceType.ListAsset, 2, new ListAsset(1, token, 6, "USD").ToBytes()))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, twice.StatusCode);
            Assert.Contains("\"detail\":\"InvalidParameters\"", await twice.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using (var gap = await GovernAsync(GovernanceType.ListAsset, 9, new ListAsset(3, token, 6, "CHF").ToBytes()))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, gap.StatusCode);
            Assert.Contains("\"detail\":\"OutOfSequence\"", await gap.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(1, (await _host.GetJsonAsync("/v1/venue")).GetProperty("assets").GetArrayLength());
    }

    private async Task<HttpResponseMessage> GovernAsync(GovernanceType type, ulong sequence, byte[] body) => await _host.PostAsync(
        "/v1/governance", new GovernanceCommand(type, sequence, body).Sign(_venue.Genesis.VenueId, [TestVenue.Governor]));

    /// <summary>Entries of all blocks from a number on, by the blocks themselves.</summary>
    private async Task<int> CountEntriesAsync(ulong from)
    {
        var entries = 0;
        for (var number = from; ; number++)
        {
            using var response = await _host.Http.GetAsync(new Uri($"/v1/blocks/{number}", UriKind.Relative));
            if (response.StatusCode == HttpStatusCode.NotFound) return entries;
            Assert.True(BlockHeader.TryRead(await response.Content.ReadAsByteArrayAsync(), out var header));
            entries += (int)header.EntryCount;
        }
    }

    private static (ulong Block, int Index) After((ulong Block, int Index) place, int offset)
    {
        const int Entries = 64;
        var index = place.Index + offset;
        return (place.Block + (ulong)(index / Entries), index % Entries);
    }
}
