using DarkPool.Enclave.Tests.Fixtures;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Entries;
using DarkPool.Protocol.Lending;
using DarkPool.Protocol.Link;
using DarkPool.Protocol.Reports;
using Xunit;

namespace DarkPool.Enclave.Tests.Shard;

/// <summary>Loans through the whole sealed way: the example of docs/LENDING.md, and what is refused.</summary>
public sealed class LendingTests : IDisposable
{
    private const uint Base = TestVenue.BaseAsset;
    private const uint Quote = TestVenue.QuoteAsset;

    private static readonly UInt128 Token = 1_000_000_000_000_000_000;
    private static readonly UInt128 Dollar = 1_000_000;

    private readonly TestPlatform _platform = new();
    private readonly TestVenue _venue;
    private ulong _round;

    public LendingTests()
    {
        _venue = TestVenue.Listed(_platform);
        Assert.Empty(_venue.Run(LendingListings.Of(_venue)).Refused);
        Prices(200_000);
    }

    public void Dispose()
    {
        _venue.Dispose();
        _platform.Dispose();
    }

    [Fact]
    public void The_example_of_the_integrators_page_does_what_the_page_says()
    {
        using var lender = Funded(21);
        using var borrower = Funded(22);

        // Fund and supply.
        _venue.Run(
            lender.Lend(CommandType.PoolSupply, Quote, 50_000 * Dollar), borrower.Lend(CommandType.PoolSupply, Base, 10 * Token));
        Assert.Equal(50_000 * Dollar, Changed(_venue.ReportsOf(lender)[^1]).Supply);
        _venue.ReportsOf(borrower);

        // Ask, borrow, and look.
        _venue.Run(borrower.Lend(CommandType.PoolBorrow, Quote, 10_000 * Dollar), borrower.QueryPool());
        var reports = _venue.ReportsOf(borrower);
        Assert.Equal(
            [ReportType.PoolChanged, ReportType.PoolPosition, ReportType.PoolHolding, ReportType.PoolHolding, ReportType.CommandDone],
            reports.Select(report => report.Type));
        Assert.Equal((10_000 * Dollar, 60_000 * Dollar), (Changed(reports[0]).Amount, Changed(reports[0]).Available));
        var position = Position(reports[1]);
        Assert.Equal((UInt128)20_000_0000_0000, position.Collateral);
        Assert.Equal((UInt128)10_000_0000_0000, position.Debt);
        Assert.Equal((5000, Token * 166 / 100), ((int)position.LoanToValue, position.HealthFactor));
        var collateral = Holding(reports[2]);
        Assert.Equal((UInt128)1204_8192_7711, collateral.LiquidationPrice);

        // What if the price falls to 1,200?
        _venue.Run(borrower.WhatIfPrice(Base, 1200_0000_0000));
        Assert.Equal(Token * 996 / 1000, Position(_venue.ReportsOf(borrower)[0]).HealthFactor);

        // It falls, and half of the debt is paid back.
        Prices(120_000);
        _venue.Run(borrower.Lend(CommandType.PoolBorrow, Quote, Dollar), borrower.Lend(CommandType.PoolRepay, Quote, 5000 * Dollar));
        reports = _venue.ReportsOf(borrower);
        Assert.Equal(RejectionCode.HealthFactorLowerThanLiquidationThreshold, reports[0].Rejected.Code);
        Assert.InRange(Changed(reports[1]).Debt, 5000 * Dollar, 5001 * Dollar);
    }

    [Fact]
    public void Another_accounts_repayment_is_told_to_the_debtor()
    {
        using var lender = Funded(21);
        using var borrower = Funded(22);
        _venue.Run(
            lender.Lend(CommandType.PoolSupply, Quote, 40_000 * Dollar),
            borrower.Lend(CommandType.PoolSupply, Base, 10 * Token),
            borrower.Lend(CommandType.PoolBorrow, Quote, 10_000 * Dollar));
        _venue.ReportsOf(borrower);
        _venue.ReportsOf(lender);
        _venue.Run(lender.Lend(CommandType.PoolRepay, Quote, 1000 * Dollar, other: borrower.AccountKey));
        var told = Assert.Single(_venue.ReportsOf(borrower));
        Assert.Equal((0UL, true), (told.Header.Sequence, Changed(told).ByOther));
        Assert.False(Changed(Assert.Single(_venue.ReportsOf(lender))).ByOther);
    }

    [Fact]
    public void Malformed_and_refused_commands_are_answered_and_change_nothing()
    {
        using var client = Funded(21);
        _venue.ReportsOf(client);
        var before = _venue.State.Venue.StateRoot;
        _venue.Run(
            client.Seal(CommandType.PoolSupply, new byte[63]),
            client.Seal(CommandType.QueryPool, []),
            client.Seal((CommandType)47, []),
            client.Lend(CommandType.PoolSupply, Quote, 0),
            client.Lend(CommandType.PoolSupply, 999, 1),
            client.Lend(CommandType.PoolBorrow, Quote, 1),
            client.Lend(CommandType.PoolRepay, Quote, 1, other: new(TestGenesis.PublicKeyOf(TestGenesis.SeededKey(200)))));
        RejectionCode[] expected =
        [
            RejectionCode.MalformedCommand, RejectionCode.MalformedCommand, RejectionCode.UnknownCommand, RejectionCode.InvalidAmount,
            RejectionCode.AssetNotListed, RejectionCode.InvalidAmount, RejectionCode.UnknownCounterparty,
        ];
        Assert.Equal(expected, _venue.ReportsOf(client).Select(report => report.Rejected.Code));
        Assert.Equal(before, _venue.State.Venue.StateRoot);
    }

    [Fact]
    public void Governance_of_loans_that_is_malformed_or_unsound_is_refused_in_public()
    {
        var execution = _venue.Run(_venue.Governance(GovernanceType.ListPool, new byte[39]));
        Assert.Equal([new EntryRefusal(0, EntryRefusalCode.Malformed)], execution.Refused);
    }

    [Fact]
    public void The_reserve_sheet_tells_totals_signed_by_the_enclave_and_no_position()
    {
        using var lender = Funded(21);
        using var borrower = Funded(22);
        _venue.Run(
            lender.Lend(CommandType.PoolSupply, Quote, 40_000 * Dollar), borrower.Lend(CommandType.PoolSupply, Base, 10 * Token));
        var execution = _venue.Run(borrower.Lend(CommandType.PoolBorrow, Quote, 10_000 * Dollar));

        var genesis = TestGenesis.Genesis.VenueId;
        Assert.True(ReserveSheet.TryVerify(execution.Reserves, _venue.Keys.SigningPublicKey, genesis, out var sheet));
        Assert.Equal((execution.Number, execution.Time), (sheet.Block, sheet.Time));
        Assert.Equal([Base, Quote], sheet.Reserves.Select(row => row.Asset));
        var quote = sheet.Reserves[1];
        Assert.Equal((40_000 * Dollar, 10_000 * Dollar, 30_000 * Dollar), (quote.Supplied, quote.Borrowed, quote.Available));
        Assert.Equal(Token * 1_000_000_000 / 4, quote.Utilisation);
        Assert.True(quote.BorrowRate > quote.LiquidityRate);
        Assert.Equal((7500u, true), (quote.Parameters.LoanToValue, quote.HasPrice));
        execution.Reserves![40] ^= 1;
        Assert.False(ReserveSheet.TryVerify(execution.Reserves, _venue.Keys.SigningPublicKey, genesis, out _));
    }

    [Fact]
    public void The_reserve_sheet_comes_once_in_each_settlement_interval()
    {
        _venue.Run(_venue.Governance(
            GovernanceType.SetSettlementInterval, new SetSettlementInterval(4 * TestVenue.BlockInterval).ToBytes()));
        var sheets = Enumerable.Range(0, 12).Count(_ => _venue.Run(Array.Empty<byte[]>()).Reserves is not null);
        Assert.Equal(3, sheets);
    }

    private TestClient Funded(byte seed)
    {
        var client = _venue.Join(seed);
        _venue.Run(
            _venue.Deposit(client.AccountKey, Base, 100 * Token), _venue.Deposit(client.AccountKey, Quote, 50_000 * Dollar));
        _venue.ReportsOf(client);
        return client;
    }

    private void Prices(long cents)
    {
        _round++;
        var time = _venue.Executor.Executed.Time;
        (EntryKind, byte[])[] prices =
            [LendingListings.Price(Base, _round, time, cents), LendingListings.Price(Quote, _round, time, 100)];
        Assert.Empty(_venue.Run(prices).Refused);
    }

    private static PoolChanged Changed(TestReport report) =>
        PoolChanged.TryRead(report.Body, out var changed) ? changed : throw new InvalidOperationException($"{report.Type}");

    private static PoolPosition Position(TestReport report) =>
        PoolPosition.TryRead(report.Body, out var position) ? position : throw new InvalidOperationException($"{report.Type}");

    private static PoolHolding Holding(TestReport report) =>
        PoolHolding.TryRead(report.Body, out var holding) ? holding : throw new InvalidOperationException($"{report.Type}");
}
