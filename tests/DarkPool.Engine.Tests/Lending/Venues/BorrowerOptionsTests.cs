using DarkPool.Engine.Lending;
using DarkPool.Engine.Lending.Liquidation;
using Xunit;
using static DarkPool.Engine.Tests.Lending.Venues.LendingVenue;
using static DarkPool.Engine.Tests.Lending.Venues.SellableLoan;

namespace DarkPool.Engine.Tests.Lending.Venues;

/// <summary>A borrower's own stop and early relief, as sealed commands of the venue.</summary>
public sealed class BorrowerOptionsTests
{
    private const ulong Dollars = 100_000_000;

    private readonly LendingVenue _venue = WithLoan(500_000 * Dollar, 10_000 * Dollar);

    [Fact]
    public void A_stop_sells_so_much_at_the_first_price_at_or_below_it_and_no_more()
    {
        Assert.Equal(RejectionCode.None, Bid(_venue, Bob, 1, 200_000, 10, 20_000));
        Assert.Equal(RejectionCode.None, Stop(1800 * Dollars, 2_000, 100));
        To(1801);
        Assert.Empty(_venue.Events.Sales);
        To(1800);
        var (account, sale) = Assert.Single(_venue.Events.Sales);
        Assert.Equal((Alice, SaleReason.Stop, 2 * Ether), (account, sale.Record.Reason, sale.Record.Seized));
        Assert.Equal(179_820, sale.Record.Ticks);
        To(1790);
        Assert.Single(_venue.Events.Sales);
        _venue.AssertFundsAreOne();
    }

    [Fact]
    public void A_stop_that_was_withdrawn_sells_nothing()
    {
        Assert.Equal(RejectionCode.None, Bid(_venue, Bob, 1, 200_000, 0, 20_000));
        Assert.Equal(RejectionCode.None, Stop(1800 * Dollars, 2_000, 100));
        Assert.Equal(RejectionCode.None, Stop(0, 0, 0));
        Assert.Equal(RejectionCode.InvalidLiquidationOption, Stop(0, 0, 0));
        To(1700);
        Assert.Empty(_venue.Events.Sales);
    }

    [Fact]
    public void Early_relief_restores_the_target_before_a_health_of_one()
    {
        Assert.Equal(RejectionCode.None, Bid(_venue, Bob, 1, 200_000, 0, 20_000));
        Assert.Equal(RejectionCode.None, Early(15_000, 200, 16_000));
        To(1800);
        var (account, sale) = Assert.Single(_venue.Events.Sales);
        Assert.Equal((Alice, SaleReason.PreLiquidation), (account, sale.Record.Reason));
        Assert.InRange(sale.HealthFactor, Ether / 10 * 16, Ether / 100 * 161);
        Assert.Equal(RejectionCode.None, Early(0, 0, 0));
        Assert.Equal(RejectionCode.InvalidLiquidationOption, Early(0, 0, 0));
        To(1650);
        Assert.Single(_venue.Events.Sales);
        _venue.AssertFundsAreOne();
    }

    [Fact]
    public void Options_out_of_range_or_of_nobody_are_refused_and_change_nothing()
    {
        var before = _venue.Snapshot();
        Assert.Equal(RejectionCode.InvalidLiquidationOption, Stop(0, 1, 0));
        Assert.Equal(RejectionCode.InvalidLiquidationOption, Stop(1, 1, 1501));
        Assert.Equal(RejectionCode.UnknownLiquidationMarket, _venue.Venue.SetStop(
            Alice, new BorrowerStop(Pool, SaleMarket + 1, 1, 1, 1), ref _venue.Sink));
        Assert.Equal(RejectionCode.InvalidLiquidationOption, _venue.Venue.SetStop(
            Bob, new BorrowerStop(Pool, SaleMarket, 1, 1, 1), ref _venue.Sink));
        Assert.Equal(RejectionCode.InvalidLiquidationOption, Early(10_000, 0, 10_000));
        Assert.Equal(RejectionCode.InvalidLiquidationOption, Early(11_000, 0, 10_999));
        Assert.Equal(RejectionCode.InvalidLiquidationOption, Early(11_000, 1501, 12_000));
        Assert.Equal(RejectionCode.InvalidLiquidationOption, Early(11_000, 0, 20_001));
        Assert.Equal(RejectionCode.UnknownPool, _venue.Venue.SetPreLiquidation(
            Alice, Pool + 1, new PreLiquidationOption(11_000, 0, 12_000), ref _venue.Sink));
        Assert.Equal(before.Length, _venue.Snapshot().Length);
    }

    [Fact]
    public void Options_survive_a_snapshot_and_go_on_alike()
    {
        Assert.Equal(RejectionCode.None, Bid(_venue, Bob, 1, 200_000, 10, 1_000));
        Assert.Equal(RejectionCode.None, Stop(1800 * Dollars, 2_000, 100));
        Assert.Equal(RejectionCode.None, Early(12_000, 200, 13_000));
        To(1799);
        var restored = new LendingVenue(Engine.Venue.ReadSnapshot(_venue.Snapshot(), hashSeed: 3), _venue.Round);
        Assert.Equal(_venue.Snapshot(), restored.Snapshot());
        foreach (var each in (LendingVenue[])[_venue, restored])
        {
            Bid(each, Bob, 2, 200_000, 10, 50_000);
            each.Prices(1400, 1, 40_000);
        }

        Assert.Equal(_venue.Snapshot(), restored.Snapshot());
        Assert.Equal(_venue.Venue.StateRoot, restored.Venue.StateRoot);
    }

    private RejectionCode Stop(UInt128 price, ulong lots, uint discount) =>
        _venue.Venue.SetStop(Alice, new BorrowerStop(Pool, SaleMarket, price, lots, discount), ref _venue.Sink);

    private RejectionCode Early(ushort health, ushort bonus, ushort target) =>
        _venue.Venue.SetPreLiquidation(Alice, Pool, new PreLiquidationOption(health, bonus, target), ref _venue.Sink);

    private void To(long price)
    {
        _venue.Prices(price, 1, 40_000);
        _venue.Venue.TellLiquidations(ref _venue.Sink);
    }
}
