using DarkPool.Enclave.Tests.Fixtures;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Link;
using DarkPool.Protocol.Receipts;
using DarkPool.Protocol.Reports;
using Xunit;

namespace DarkPool.Enclave.Tests.Shard;

public sealed class TradingTests : IDisposable
{
    private readonly TestPlatform _platform = new();
    private readonly TestVenue _venue;

    public TradingTests() => _venue = TestVenue.Listed(_platform);

    public void Dispose()
    {
        _venue.Dispose();
        _platform.Dispose();
    }

    [Fact]
    public void A_trade_reaches_both_owners_and_settles_to_the_base_unit()
    {
        using var seller = _venue.JoinFunded(21);
        using var buyer = _venue.JoinFunded(22);
        _venue.ReportsOf(seller);
        _venue.ReportsOf(buyer);

        _venue.Run(seller.Place(1, Side.Sell, price: 100, quantity: 30), buyer.Place(9, Side.Buy, price: 101, quantity: 50));

        var maker = _venue.ReportsOf(seller);
        Assert.Equal([ReportType.OrderAccepted, ReportType.Fill], maker.Select(r => r.Type));
        Assert.Equal((1ul, 0ul), (maker[0].Header.Sequence, maker[1].Header.Sequence));
        Assert.Equal((100L, 30ul, 0ul, Liquidity.Maker),
            (maker[1].Fill.Price, maker[1].Fill.Quantity, maker[1].Fill.Remaining, maker[1].Fill.Liquidity));
        var taker = _venue.ReportsOf(buyer);
        Assert.Equal([ReportType.OrderAccepted, ReportType.Fill], taker.Select(r => r.Type));
        Assert.Equal((20ul, Liquidity.Taker), (taker[1].Fill.Remaining, taker[1].Fill.Liquidity));
        Assert.Equal(maker[1].Fill.TradeId, taker[1].Fill.TradeId);

        Assert.Equal((1_000_000u - 300, 0u), Narrow(_venue.BalanceOf(seller, TestVenue.BaseAsset)));
        Assert.Equal((1_000_000u + 15_000, 0u), Narrow(_venue.BalanceOf(seller, TestVenue.QuoteAsset)));
        Assert.Equal((1_000_000u - 15_000 - 10_100, 10_100u), Narrow(_venue.BalanceOf(buyer, TestVenue.QuoteAsset)));
    }

    [Fact]
    public void The_block_statement_is_signed_and_a_batch_closes_with_a_signature()
    {
        using var seller = _venue.JoinFunded(21);
        using var buyer = _venue.JoinFunded(22);

        BlockExecution execution = _venue.Run(seller.Place(1, Side.Sell, 100, 30), buyer.Place(9, Side.Buy, 100, 30));

        var statement = new BlockStatement(
            TestGenesis.Genesis.VenueId, execution.Number, new(execution.Head), new(execution.StateRoot));
        Assert.True(statement.Verify(_venue.Keys.SigningPublicKey, execution.Signature));
        Assert.NotNull(execution.Batch);
        Assert.Equal(65, execution.BatchSignature!.Length);
        Assert.True(_venue.State.Anchors.Contains(execution.Number, new(execution.Head)));
    }

    [Fact]
    public void Every_command_gets_one_direct_answer_with_its_sequence()
    {
        using var client = _venue.JoinFunded(21);
        _venue.ReportsOf(client);

        _venue.Run(
            client.Cover(),
            client.Place(1, Side.Buy, 10, 5),
            client.Replace(1, 11, 4),
            client.Cancel(1),
            client.Seal(CommandType.QueryBalances, []),
            client.Cancel(1),
            client.Seal(CommandType.CloseSession, []));

        var reports = _venue.ReportsOf(client);
        Assert.Equal(
            [
                ReportType.CommandDone, ReportType.OrderAccepted, ReportType.OrderReplaced, ReportType.OrderCancelled,
                ReportType.Balance, ReportType.Balance, ReportType.CommandDone, ReportType.Rejected, ReportType.SessionClosed,
            ],
            reports.Select(r => r.Type));
        Assert.Equal([1ul, 2, 3, 4, 5, 6, 7], reports.Select(r => r.Header.Sequence).Where(s => s != 0));
        Assert.Equal(Enumerable.Range(1 + 3, 9).Select(n => (ulong)n), reports.Select(r => r.Header.Number));
    }

    [Fact]
    public void An_expired_order_is_told_to_the_newest_session()
    {
        using var first = _venue.JoinFunded(21);
        using var second = _venue.Join(21);
        _venue.Run(first.Place(5, Side.Buy, 10, 5, TimeInForce.GoodTillTime, expiry: _venue.Executor.Executed.Time + (
            2 * TestVenue.BlockInterval)));
        _venue.ReportsOf(first);
        _venue.ReportsOf(second);

        _venue.Run(Array.Empty<byte[]>());

        Assert.Empty(_venue.ReportsOf(first));
        Assert.Equal(ReportType.OrderCancelled, Assert.Single(_venue.ReportsOf(second)).Type);
        Assert.Equal((1_000_000u, 0u), Narrow(_venue.BalanceOf(first, TestVenue.QuoteAsset)));
    }

    [Fact]
    public void ChaCha20_sessions_and_large_envelopes_work_beside_the_default()
    {
        using var client = _venue.Join(21, RateClass.Slow, Protocol.Hpke.HpkeSuite.ChaCha20Poly1305);
        _venue.ReportsOf(client);

        _venue.Run(client.Seal(CommandType.Cover, [], size: Protocol.Envelopes.EnvelopeLimits.LargeSize));

        Assert.Equal(ReportType.CommandDone, Assert.Single(_venue.ReportsOf(client)).Type);
    }

    private static (uint, uint) Narrow((UInt128 Available, UInt128 Held) balance) => ((uint)balance.Available, (uint)balance.Held);
}
