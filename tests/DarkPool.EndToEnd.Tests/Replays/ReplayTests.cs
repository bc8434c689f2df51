using System.Text.Json;
using DarkPool.Cli.Tests.OrderFlow;
using DarkPool.EndToEnd.Tests.Support;
using Xunit.Abstractions;

namespace DarkPool.EndToEnd.Tests.Replays;

/// <summary>Order flow through a whole venue: every order sealed, over HTTP, stored, executed in the enclave, settled on chain.</summary>
public sealed class ReplayTests(VenueFixture fixture, ITestOutputHelper output) : IClassFixture<VenueFixture>
{
    private RunningVenue Venue => fixture.Venue;

    [Fact]
    public async Task A_synthetic_day_trades_what_a_plain_book_trades_and_verify_agrees_while_the_venue_runs()
    {
        SyntheticDay day = SyntheticDay.Write(fixture.Scratch("synthetic day.csv"), seed: 11, count: 12_000);

        JsonElement replay = await ReplayAsync(day.Path, "lobster");
        JsonElement verify = (await Darkpool.RunAsync("verify", "--data", Venue.Data, "--json")).Result();

        Assert.Equal(day.Orders, replay.GetProperty("orders").GetInt32());
        Assert.Equal(day.Cancels, replay.GetProperty("cancels").GetInt32());
        Assert.Equal(day.Orders, replay.GetProperty("accepted").GetInt32());
        Assert.Equal(0, replay.GetProperty("rejected").GetInt32());
        Assert.Equal(day.TradedQuantity, replay.GetProperty("tradedQuantity").GetUInt64());
        Assert.True(replay.GetProperty("settlementBatches").GetInt32() >= 1);
        Assert.True(verify.GetProperty("rootsMatch").GetBoolean());
        Assert.True(verify.GetProperty("chainMatches").GetBoolean());
        Assert.True(verify.GetProperty("envelopes").GetInt64() >= 12_000);
        Assert.True(verify.GetProperty("batchesOnChain").GetInt32() >= replay.GetProperty("settlementBatches").GetInt32());
    }

    [Theory]
    [Trait("Category", "Vectors")]
    [InlineData("GOOG_*_message_*.csv", "lobster", 574_659)]
    [InlineData("AAPL_*_message_*.csv", "lobster", 2_223_902)]
    [InlineData("bitstamp_*.log", "bitstamp", 70_908_982_261)]
    public async Task A_recorded_day_trades_the_known_quantity(string pattern, string format, ulong traded)
    {
        if (RecordedOrderFlow.Find(pattern) is not { } path)
        {
            output.WriteLine($"replay: {pattern} is absent, nothing checked");
            return;
        }

        JsonElement replay = await ReplayAsync(path, format);

        Assert.Equal(traded, replay.GetProperty("tradedQuantity").GetUInt64());
        Assert.Equal(0, replay.GetProperty("rejected").GetInt32());
        output.WriteLine($"replay: {pattern} {replay}");
    }

    [Fact]
    public async Task Status_tells_that_the_venue_is_live()
    {
        JsonElement status = (await Darkpool.RunAsync("status", "--venue", Venue.Url.ToString(), "--json")).Result();

        Assert.Equal("live", status.GetProperty("state").GetString());
        Assert.Equal(1, status.GetProperty("markets").GetInt32());
    }

    private async Task<JsonElement> ReplayAsync(string path, string format) =>
        (await Darkpool.RunAsync("replay", path, "--format", format, "--venue", Venue.Url.ToString(), "--json")).Result();
}
