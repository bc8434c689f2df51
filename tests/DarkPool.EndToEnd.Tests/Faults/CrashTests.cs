using System.Text.Json;
using DarkPool.Chain.Signing;
using DarkPool.Cli.Accounts;
using DarkPool.Cli.OrderFlow;
using DarkPool.Cli.Replay;
using DarkPool.Client;
using DarkPool.Client.Submission;
using DarkPool.EndToEnd.Tests.Support;
using DarkPool.Local.Anvil;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Commands;
using Xunit.Abstractions;

namespace DarkPool.EndToEnd.Tests.Faults;

/// <summary>`kill -9` of host, enclave or PostgreSQL in the middle of trading.</summary>
public sealed class CrashTests(VenueFixture fixture, ITestOutputHelper output) : IClassFixture<VenueFixture>
{
    private const int Accounts = 8;
    private static readonly string[] Parts = ["host", "enclave", "postgres"];

    private RunningVenue Venue => fixture.Venue;

    [Fact]
    public async Task Nothing_with_a_receipt_is_missing_and_no_order_is_executed_twice()
    {
        SyntheticDay day = SyntheticDay.Write(fixture.Scratch("crash day.csv"), seed: 23, count: 9_000);
        FlowEvent[] flow = OrderFlowFile.Read(day.Path, OrderFlowFormat.Lobster, 0);
        await using DarkPoolClient client = await DarkPoolClient.ConnectAsync(EndToEndClient.Options(Venue.Url));
        TradedMarket market = TradedMarket.Of(client.Venue, null);
        var plan = new ReplayPlan(flow, Accounts);
        var tally = new OrderTally();
        Trader[] traders = await Trader.OpenManyAsync(client, Accounts, tally, CancellationToken.None);
        using (EvmKey payer = EvmKey.Parse(DevAccount.Funder.PrivateKey))
            await VaultFunding.FundAsync(client, market, plan.Needs(traders, market), payer, CancellationToken.None);

        var commands = new List<SubmittedCommand>();
        var kills = new List<Task>();
        for (int i = 0; i < flow.Length; i++)
        {
            // One part after another, each while commands are on their way; the next only when the one before is back.
            if (i % (flow.Length / 4) == 0 && i > 0 && kills.Count < Parts.Length)
            {
                await Task.WhenAll(kills);
                await commands[^1].Receipt.WaitAsync(Patience.Long);
                kills.Add(Venue.KillAsync(Parts[kills.Count]));
            }
            commands.Add(await SendAsync(traders[plan.AccountOf(i)], market, flow[i]));
        }
        await Task.WhenAll(kills);
        foreach (SubmittedCommand command in commands)
            await command.Outcome.WaitAsync(Patience.Long);
        foreach (Trader trader in traders)
            await (await trader.Session.SubmitCoverAsync()).Outcome.WaitAsync(Patience.Long);

        Assert.Equal(Parts.Length, kills.Count);
        Assert.Equal(day.TradedQuantity, tally.TradedQuantity);
        // The next test shall meet an empty book.
        var owners = Enumerable.Range(0, flow.Length)
            .GroupBy(step => flow[step].OrderId)
            .ToDictionary(order => order.Key, order => plan.AccountOf(order.First()));
        foreach (ulong open in tally.Open())
            Assert.True((await traders[owners[open]].Session.CancelAsync(new CancelOrder(open))).IsAccepted);
        await AssertInLogAsync(commands);
        await AssertSettledOnceAsync(client);
        await AssertVerifiedAsync();
        foreach (Trader trader in traders)
            await trader.DisposeAsync();
    }

    [Fact]
    public async Task A_replay_goes_on_after_each_part_was_killed()
    {
        SyntheticDay day = SyntheticDay.Write(fixture.Scratch("replayed day.csv"), seed: 29, count: 15_000);
        var replaying = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Watch(string line)
        {
            if (line.StartsWith("replaying", StringComparison.Ordinal))
                replaying.TrySetResult();
        }
        Task<Darkpool.Finished> replay = Darkpool.RunAsync(
            Watch, "replay", day.Path, "--format", "lobster", "--venue", Venue.Url.ToString(), "--json", "--accounts", "16");
        await Task.WhenAny(replaying.Task, replay);
        foreach (string part in Parts)
            await Venue.KillAsync(part);

        JsonElement result = (await replay).Result();

        Assert.Equal(day.TradedQuantity, result.GetProperty("tradedQuantity").GetUInt64());
        Assert.Equal(0, result.GetProperty("rejected").GetInt32());
        await AssertVerifiedAsync();
    }

    private static ValueTask<SubmittedCommand> SendAsync(Trader trader, TradedMarket market, in FlowEvent step) =>
        step.Action == FlowAction.Cancel
            ? trader.Session.SubmitAsync(new CancelOrder(step.OrderId))
            : trader.Session.SubmitAsync(new PlaceOrder(
                step.OrderId, market.Number, step.Side, OrderType.Limit,
                step.Action == FlowAction.Limit ? TimeInForce.GoodTillCancelled : TimeInForce.ImmediateOrCancel,
                step.Price, step.Quantity, 0));

    /// <summary>Every receipt names a place in the log; what is there now is the envelope that it was for.</summary>
    private async Task AssertInLogAsync(List<SubmittedCommand> commands)
    {
        using var http = new HttpClient { BaseAddress = Venue.Url };
        foreach (var block in commands.Select(command => command.Receipt.Result).GroupBy(receipt => receipt.Block))
        {
            byte[] bytes = await http.GetByteArrayAsync($"v1/blocks/{block.Key}");
            Assert.Equal(BlockFault.None, BlockReader.Open(bytes, out BlockReader reader));
            var leaves = new DarkPool.Protocol.Identity.Bytes32[reader.Header.EntryCount];
            reader.WriteLeaves(leaves);
            foreach (CommandReceipt receipt in block)
            {
                Assert.Equal(reader.Header.ComputeHead(), receipt.Head);
                Assert.Equal(receipt.EnvelopeHash, leaves[receipt.Index]);
            }
        }
        output.WriteLine($"crash: {commands.Count} receipts found in the log again");
    }

    private static async Task AssertSettledOnceAsync(DarkPoolClient client)
    {
        var tape = await client.GetTapeAsync(0, 1_000);
        Assert.Equal(Enumerable.Range(1, tape.Batches.Count).Select(i => (ulong)i), tape.Batches.Select(batch => batch.Sequence));
        Assert.All(tape.Batches.Zip(tape.Batches.Skip(1)), pair => Assert.Equal(pair.First.LastBlock + 1, pair.Second.FirstBlock));
    }

    private async Task AssertVerifiedAsync()
    {
        JsonElement verify = (await Darkpool.RunAsync("verify", "--data", Venue.Data, "--json")).Result();
        Assert.True(verify.GetProperty("rootsMatch").GetBoolean());
        Assert.True(verify.GetProperty("chainMatches").GetBoolean());
    }
}
