using System.Text.Json;
using DarkPool.Chain.Signing;
using DarkPool.Cli.Accounts;
using DarkPool.Cli.Commands;
using DarkPool.Client;
using DarkPool.Client.Submission;
using DarkPool.EndToEnd.Tests.Support;
using DarkPool.Local.Anvil;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Reports;

namespace DarkPool.EndToEnd.Tests.Markets;

/// <summary>A market of auctions and a midpoint market, governed by the command line, trade through all processes of a venue.</summary>
public sealed class CrossingMarketTests(VenueFixture fixture) : IClassFixture<VenueFixture>
{
    private const uint Auction = 20;
    private const uint Midpoint = 21;
    private const uint Feed = 9;

    [Fact]
    public async Task An_auction_and_a_midpoint_market_are_listed_quoted_halted_and_trade()
    {
        string key = fixture.Scratch("source.key");
        string source = (await Darkpool.RunAsync("account", "create", "--key", key, "--json")).Result().GetProperty("account").GetString()!;
        await GovernAsync("feed", "source", "--feed", $"{Feed}", "--source", source);
        await GovernAsync(
            "market", "list", "--market", $"{Auction}", "--symbol", "CALL", "--base", "2", "--quote", "1", "--rule", "auction",
            "--auction-interval", "0.4", "--auction-window", "0.1", "--auction-allocation", "prorata");
        await GovernAsync(
            "market", "list", "--market", $"{Midpoint}", "--symbol", "MID", "--base", "2", "--quote", "1", "--rule", "midpoint",
            "--feed", $"{Feed}", "--firm-up-time", "60");
        await using DarkPoolClient client = await DarkPoolClient.ConnectAsync(EndToEndClient.Options(fixture.Venue.Url));
        var tally = new OrderTally();
        Trader[] traders = await Trader.OpenManyAsync(client, 2, tally, CancellationToken.None);
        using (EvmKey payer = EvmKey.Parse(DevAccount.Funder.PrivateKey))
        {
            FundingNeed[] needs = [.. traders.Select(trader => new FundingNeed(trader, 10_000, 1_000_000))];
            await VaultFunding.FundAsync(client, TradedMarket.Of(client.Venue, null), needs, payer, CancellationToken.None);
        }

        await AuctionTradesAsync(traders, tally);
        await MidpointTradesAsync(traders, tally, key);
        foreach (Trader trader in traders)
            await trader.DisposeAsync();
    }

    [Fact]
    public async Task Accounts_say_with_whom_they_trade_and_only_the_operator_gives_tiers()
    {
        string[] venue = ["--venue", fixture.Venue.Url.ToString(), "--json"];
        string operatorKey = fixture.Scratch("operator.key");
        string memberKey = fixture.Scratch("member.key");
        string host = await CreateAsync(operatorKey);
        string member = await CreateAsync(memberKey);

        await RefusedAsync("account", "tier", "--account", member, "--tier", "3", "--key", operatorKey);
        await GovernAsync("market", "operator", "--account", host);
        await DoneAsync("account", "tier", "--account", member, "--tier", "3", "--key", operatorKey);
        await RefusedAsync("account", "tier", "--account", member, "--tier", "9", "--key", memberKey);

        string group = fixture.Scratch("own.group");
        await DoneAsync("account", "configure", "--self-trade", "decrement", "--accept-tiers", "0,3", "--group", group, "--key", memberKey);
        await DoneAsync("account", "configure", "--group", group, "--key", operatorKey);
        await DoneAsync("account", "deny", "--counterparty", host, "--key", memberKey);
        await DoneAsync("account", "allow", "--counterparty", host, "--key", memberKey);

        async Task DoneAsync(params string[] arguments)
        {
            JsonElement done = (await Darkpool.RunAsync([.. arguments, .. venue])).Result();
            Assert.True(done.GetProperty("accepted").GetBoolean());
            Assert.Equal("CommandDone", done.GetProperty("answer").GetString());
        }

        async Task RefusedAsync(params string[] arguments)
        {
            Darkpool.Finished refused = await Darkpool.RunAsync([.. arguments, .. venue]);
            Assert.Equal(ExitCode.Failure, refused.ExitCode);
            using JsonDocument answer = JsonDocument.Parse(refused.Output);
            Assert.Equal("NotPermitted", answer.RootElement.GetProperty("rejection").GetString());
        }

        static async Task<string> CreateAsync(string key) =>
            (await Darkpool.RunAsync("account", "create", "--key", key, "--json")).Result().GetProperty("account").GetString()!;
    }

    private static async Task AuctionTradesAsync(Trader[] traders, OrderTally tally)
    {
        Assert.True((await traders[0].Session.PlaceAsync(Order(1, Auction, Side.Buy, OrderType.Limit, 105, 30))).IsAccepted);
        Assert.True((await traders[1].Session.PlaceAsync(Order(1, Auction, Side.Sell, OrderType.Limit, 95, 20))).IsAccepted);

        // An auction is held at the first block after its close: anybody's entry makes one.
        await Patience.UntilAsync(
            async () =>
            {
                await traders[0].Session.SubmitCoverAsync();
                return tally.TradedQuantity == 20;
            },
            "the auction is held");
        CommandOutcome late = await traders[1].Session.CancelAsync(new CancelOrder(1));
        Assert.Equal(RejectionCode.AlreadyFilled, late.Rejection);
        Assert.NotNull(late.EndedAt);
        Assert.True((await traders[0].Session.CancelAsync(new CancelOrder(1))).IsAccepted);
    }

    private async Task MidpointTradesAsync(Trader[] traders, OrderTally tally, string key)
    {
        CommandOutcome early = await traders[0].Session.PlaceAsync(Order(2, Midpoint, Side.Buy, OrderType.PegMidpoint, 0, 7));
        Assert.Equal(RejectionCode.NoReference, early.Rejection);
        string[] quote = ["feed", "quote", "--feed", $"{Feed}", "--bid", "100", "--ask", "101", "--key", key];
        (await Darkpool.RunAsync([.. quote, "--venue", fixture.Venue.Url.ToString(), "--json"])).Result();
        Assert.True((await traders[0].Session.PlaceAsync(Order(2, Midpoint, Side.Buy, OrderType.PegMidpoint, 0, 7))).IsAccepted);
        Assert.True((await traders[1].Session.PlaceAsync(Order(2, Midpoint, Side.Sell, OrderType.PegMarket, 0, 7))).IsAccepted);
        await Patience.UntilAsync(() => tally.TradedQuantity == 27, "the midpoint crosses");

        PlaceOrder interest = Order(3, Midpoint, Side.Buy, OrderType.PegMidpoint, 0, 5) with { Flags = OrderFlags.Conditional };
        Assert.True((await traders[0].Session.PlaceAsync(interest)).IsAccepted);
        Assert.Equal(RejectionCode.NotInvited, (await traders[0].Session.FirmUpAsync(new FirmUp(3, 5))).Rejection);
        Assert.True((await traders[1].Session.PlaceAsync(Order(3, Midpoint, Side.Sell, OrderType.PegMidpoint, 0, 5))).IsAccepted);
        Assert.True((await traders[0].Session.FirmUpAsync(new FirmUp(3, 5))).IsAccepted);
        await Patience.UntilAsync(() => tally.TradedQuantity == 32, "the round ends");

        await GovernAsync("market", "halt", "--market", $"{Midpoint}");
        CommandOutcome halted = await traders[0].Session.PlaceAsync(Order(4, Midpoint, Side.Buy, OrderType.PegMidpoint, 0, 1));
        Assert.Equal(RejectionCode.MarketHalted, halted.Rejection);
        await GovernAsync("market", "resume", "--market", $"{Midpoint}");
        Assert.True((await traders[0].Session.PlaceAsync(Order(4, Midpoint, Side.Buy, OrderType.PegMidpoint, 0, 1))).IsAccepted);
    }

    private async Task GovernAsync(params string[] arguments)
    {
        string[] venue = ["--data", fixture.Venue.Data, "--venue", fixture.Venue.Url.ToString(), "--json"];
        JsonElement applied = (await Darkpool.RunAsync([.. arguments, .. venue])).Result();
        Assert.True(applied.GetProperty("sequence").GetUInt64() > 0);
    }

    private static PlaceOrder Order(ulong id, uint market, Side side, OrderType type, long price, ulong lots) =>
        new(id, market, side, type, TimeInForce.GoodTillCancelled, price, lots, 0);
}
