using DarkPool.Engine.Trading;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Engine.Tests.Venues;

/// <summary>
/// A resting order that shrinks below its minimum takes any size from then on: also of those across from it that it passed over.
/// </summary>
public sealed class LiftedMinimumTests
{
    private const uint Alice = 0;
    private const uint Bob = 1;
    private const uint Carol = 2;

    private readonly VenueDriver _driver = new();

    public LiftedMinimumTests()
    {
        foreach (var asset in VenueFlows.Assets)
        {
            for (uint account = 0; account < VenueFlows.Accounts; account++)
                _driver.Apply(new VenueStep(VenueAction.Deposit, account, default, 999_999_999 - 1 + asset.Number, 0));
        }

        _driver.Events.Clear();
    }

    [Fact]
    public void A_remainder_below_the_minimum_trades_at_once_with_the_small_order_that_was_passed_over_and_pays_as_the_taker()
    {
        Place(Alice, 1, Side.Buy, 102, 100, minimum: 50);
        Place(Bob, 2, Side.Sell, 100, 20);
        Assert.Empty(Fills());
        Place(Carol, 3, Side.Sell, 101, 60);
        Assert.Equal([(1UL, 60UL, 102L), (3UL, 60UL, 102L), (2UL, 20UL, 100L), (1UL, 20UL, 100L)], Fills());
        Assert.Equal(Liquidity.Taker, _driver.Events.OfType<VenueEvent.Filled>().Last().Fill.Liquidity);
    }

    [Fact]
    public void What_is_left_of_it_keeps_its_place()
    {
        Place(Alice, 1, Side.Buy, 102, 100, minimum: 50);
        Place(Bob, 2, Side.Buy, 102, 10);
        Place(Carol, 3, Side.Sell, 102, 9);
        Place(Carol, 4, Side.Sell, 102, 60);
        Place(Carol, 5, Side.Sell, 102, 1);
        Assert.Equal(
            [(2UL, 9UL), (3UL, 9UL), (1UL, 60UL), (4UL, 60UL), (1UL, 1UL), (5UL, 1UL)],
            Fills().Select(fill => (fill.Id, fill.Lots)));
    }

    [Fact]
    public void Replacing_it_below_its_minimum_is_enough()
    {
        Place(Alice, 1, Side.Buy, 102, 100, minimum: 50);
        Place(Bob, 2, Side.Sell, 100, 20);
        Apply(VenueAction.Replace, Alice, New(1, Side.Buy, 102, 49));
        Assert.Equal([(2UL, 20UL, 100L), (1UL, 20UL, 100L)], Fills());
    }

    [Fact]
    public void One_lifts_the_next()
    {
        Place(Alice, 1, Side.Buy, 102, 100, minimum: 50);
        Place(Bob, 2, Side.Sell, 100, 49, minimum: 40);
        Place(Carol, 3, Side.Buy, 101, 5);
        Place(Carol, 4, Side.Sell, 102, 60);
        Assert.Equal(
            [(1UL, 60UL), (4UL, 60UL), (2UL, 40UL), (1UL, 40UL), (3UL, 5UL), (2UL, 5UL)],
            Fills().Select(fill => (fill.Id, fill.Lots)));
    }

    [Fact]
    public void Post_only_never_takes()
    {
        Apply(VenueAction.Place, Alice, New(1, Side.Buy, 102, 100, 50) with { Flags = OrderFlags.PostOnly });
        Place(Bob, 2, Side.Sell, 100, 20);
        Place(Carol, 3, Side.Sell, 102, 60);
        Assert.Equal(2, Fills().Count());
    }

    [Property(MaxTest = 12)]
    public Property Orders_that_would_take_each_other_never_rest_across_from_each_other() => Prop.ForAll(CrossingFlows.Flows(), flow =>
    {
        var driver = new VenueDriver();
        var reference = new ReferenceVenue(VenueFlows.Markets.ToDictionary(market => market.Number));
        reference.BeginBlock(VenueFlows.Start);
        foreach (var step in flow.Steps.Take(3_000).Where(step => step.Action is < VenueAction.Configure or VenueAction.Quote))
        {
            if (step.Action == VenueAction.NextBlock) driver.EndBlock();
            VenueModelTests.ApplyBoth(driver, reference, Willing(step));
            Assert.Equal(reference.Events, driver.Events);
            driver.Events.Clear();
            reference.Events.Clear();
            Assert.Empty(reference.Waiting());
        }
    });

    /// <summary>
    /// Without what keeps orders from each other apart from minimum interactions, and with more of these. (A minimum quantity is a sum over
    /// all that an order meets by priority: one who would satisfy it alone may stand behind others that leave too little for it.)
    /// </summary>
    private static VenueStep Willing(VenueStep step)
    {
        var (order, lots) = (step.Order, step.Order.Quantity.Lots);
        if (step.Action == VenueAction.Halt) return step with { Action = VenueAction.Query };
        return step with
        {
            Order = order with
            {
                Flags = OrderFlags.None,
                SelfTradePrevention = SelfTradePrevention.Default,
                MinimumQuantity = default,
                MinimumInteraction = new Quantity(lots > 3 && step.Amount % 4 == 0 ? lots - (lots / 3) : order.MinimumInteraction.Lots),
            },
        };
    }

    private static NewOrder New(ulong id, Side side, long price, ulong lots, ulong minimum = 0) =>
        LimitOrders.New(1, id, side, price, lots) with { MinimumQuantity = new Quantity(minimum) };

    private void Place(uint account, ulong id, Side side, long price, ulong lots, ulong minimum = 0) =>
        Apply(VenueAction.Place, account, New(id, side, price, lots, minimum));

    private void Apply(VenueAction action, uint account, NewOrder order) => _driver.Apply(new VenueStep(action, account, order, 0, 0));

    private IEnumerable<(ulong Id, ulong Lots, long Price)> Fills() => _driver.Events.OfType<VenueEvent.Filled>()
        .Select(told => (told.Fill.ClientOrderId, told.Fill.Quantity.Lots, told.Fill.Price.Ticks));
}
