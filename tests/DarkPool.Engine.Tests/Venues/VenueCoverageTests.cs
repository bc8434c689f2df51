using DarkPool.Engine.Trading;
using FsCheck.Fluent;
using Xunit;

namespace DarkPool.Engine.Tests.Venues;

/// <summary>The generated flows are worth something only if they reach every outcome.</summary>
public sealed class VenueCoverageTests
{
    [Fact]
    public void The_generated_flows_reach_every_outcome_that_a_small_venue_can_have()
    {
        var driver = new VenueDriver();
        var longest = VenueFlows.Flows().Generator.Sample(10, 20).MaxBy(flow => flow.Steps.Length)!;
        foreach (var step in longest.Steps) driver.Apply(step);

        var fills = driver.Events.OfType<VenueEvent.Filled>().ToList();
        Assert.Contains(fills, fill => fill.Fill.Remaining.Lots != 0 && fill.Fill.Liquidity == Liquidity.Maker);
        Assert.Contains(fills.Zip(fills.Skip(1)), pair => pair.First.Account == pair.Second.Account);
        Assert.All(VenueFlows.Markets, market => Assert.Contains(fills, fill => fill.Fill.Market == market.Number));
        Assert.All([CancelReason.Requested, CancelReason.ImmediateOrCancel, CancelReason.Expired], reason =>
            Assert.Contains(driver.Events.OfType<VenueEvent.Cancelled>(), cancelled => cancelled.Reason == reason));
        Assert.All([true, false], kept => Assert.Contains(driver.Events.OfType<VenueEvent.Replaced>(), replaced => replaced.Kept == kept));
        var expected = Enum.GetValues<RejectionCode>().Except(
            [RejectionCode.None, RejectionCode.TooManyOpenOrders, RejectionCode.MarketHalted, RejectionCode.BookFull]);
        Assert.Equal(expected, driver.Events.OfType<VenueEvent.Rejected>().Select(rejected => rejected.Code).Distinct().Order());
        Assert.Contains(driver.Outcomes, outcome => outcome.Batch is { Markets.Length: > 1 });
    }
}
