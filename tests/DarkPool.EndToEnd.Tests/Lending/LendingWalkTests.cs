using System.Text.Json;
using DarkPool.EndToEnd.Tests.Support;
using DarkPool.Local.Processes;

namespace DarkPool.EndToEnd.Tests.Lending;

/// <summary>The walk of docs/LENDING.md by the command line alone, as somebody who has just started a venue follows it.</summary>
public sealed class LendingWalkTests(VenueFixture fixture) : IClassFixture<VenueFixture>
{
    private string _lender = "";
    private string _borrower = "";
    private string _bidder = "";

    [Fact]
    public async Task Fund_supply_borrow_a_price_that_falls_liquidation_and_report_by_the_command_line()
    {
        string data = fixture.Venue.Data;
        (_lender, _borrower, _bidder) = (fixture.Scratch("lender.key"), fixture.Scratch("borrower.key"), fixture.Scratch("bidder.key"));
        foreach (string key in (string[])[_lender, _borrower, _bidder]) await RunAsync("account", "create", "--key", key);
        JsonElement listed = await RunAsync("pool", "list", "--data", data);
        Assert.True(listed.GetProperty("listed").GetBoolean());
        Assert.False((await RunAsync("pool", "list", "--data", data)).GetProperty("listed").GetBoolean());
        await PriceAsync("TUSD", "1");
        await PriceAsync("TSHR", "2000");

        await AsAsync(_lender, "account", "fund", "--asset", "TUSD", "--amount", "50000");
        await AsAsync(_borrower, "account", "fund", "--asset", "TSHR", "--amount", "10");
        JsonElement funded = await AsAsync(_bidder, "account", "fund", "--asset", "TUSD", "--amount", "45000.5");
        Assert.Equal("45000.5", funded.GetProperty("available").GetString());
        await AsAsync(_lender, "lend", "supply", "--asset", "TUSD", "--amount", "50000");
        await AsAsync(_borrower, "lend", "supply", "--asset", "TSHR", "--amount", "10");
        await AsAsync(_borrower, "lend", "borrow", "--asset", "TUSD", "--amount", "15000");
        JsonElement position = await AsAsync(_borrower, "lend", "position");
        Assert.Equal("20000", position.GetProperty("collateral").GetString());
        Assert.StartsWith("1.10", position.GetProperty("healthFactor").GetString(), StringComparison.Ordinal);
        JsonElement at1700 = await AsAsync(_borrower, "lend", "what-if", "--asset", "TSHR", "--price", "1700");
        Assert.StartsWith("0.94", at1700.GetProperty("healthFactor").GetString(), StringComparison.Ordinal);
        await RefusedAsync("CollateralCannotCoverNewBorrow", _borrower, "lend", "borrow", "--asset", "TUSD", "--amount", "1200");

        await AsAsync(_bidder, "lend", "bid", "--id", "1", "--max-ticks", "200000", "--discount", "300", "--lots", "20000");
        JsonElement sold = await FallAsync();
        Assert.Equal(164_900, sold.GetProperty("ticks").GetInt64());
        JsonElement after = await AsAsync(_borrower, "lend", "position");
        Assert.StartsWith("1.0", after.GetProperty("healthFactor").GetString(), StringComparison.Ordinal);
        await AssertPublishedAsync(sold);
        await AsAsync(_bidder, "lend", "cancel-bid", "--id", "1");
        await AsAsync(_borrower, "lend", "stop", "--price", "1500", "--lots", "1000");
        await AsAsync(_borrower, "lend", "relief", "--health", "10400", "--max-bonus", "100", "--target", "10600");
    }

    private async Task<JsonElement> FallAsync()
    {
        var told = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var watching = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ChildProcess watch = ChildProcess.Start(new()
        {
            Name = "watch",
            FileName = Darkpool.Runtime,
            Arguments = [Darkpool.Assembly, "lend", "watch", "--key", _borrower, "--venue", Venue],
            StopSignal = StopSignal.Interrupt,
            OnLine = line =>
            {
                if (line.Contains("watching", StringComparison.Ordinal)) watching.TrySetResult();
                if (line.Contains("CollateralSold", StringComparison.Ordinal)) told.TrySetResult(line);
            },
        });
        await watching.Task.WaitAsync(Patience.Long);
        await PriceAsync("TSHR", "1700");
        return JsonDocument.Parse(await told.Task.WaitAsync(Patience.Long)).RootElement;
    }

    private async Task AssertPublishedAsync(JsonElement sold)
    {
        JsonElement published = default;
        await Patience.UntilAsync(
            async () =>
            {
                // Sheets come with blocks, and a venue that nobody uses has none.
                await AsAsync(_borrower, "lend", "position");
                published = await RunAsync("lend", "liquidations", "--venue", Venue);
                return published.GetProperty("count").GetUInt64() == 1;
            },
            "the liquidation is published");
        JsonElement row = published.GetProperty("liquidations")[0];
        foreach (string member in (string[])["seized", "repaid", "penalty"])
            Assert.Equal(sold.GetProperty(member).GetString(), row.GetProperty(member).GetString());
        JsonElement reserves = await RunAsync("lend", "reserves", "--venue", Venue);
        Assert.Equal(2, reserves.GetProperty("reserves").GetArrayLength());
    }

    private string Venue => fixture.Venue.Url.ToString();

    private Task<JsonElement> PriceAsync(string asset, string price) =>
        RunAsync("pool", "price", "--data", fixture.Venue.Data, "--asset", asset, "--price", price);

    private Task<JsonElement> AsAsync(string key, params string[] arguments) =>
        RunAsync([.. arguments, "--key", key, "--venue", Venue]);

    private static async Task<JsonElement> RunAsync(params string[] arguments) =>
        (await Darkpool.RunAsync([.. arguments, "--json"])).Result();

    private async Task RefusedAsync(string reason, string key, params string[] arguments)
    {
        Darkpool.Finished refused = await Darkpool.RunAsync([.. arguments, "--key", key, "--venue", Venue, "--json"]);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(reason, refused.Output, StringComparison.Ordinal);
    }
}
