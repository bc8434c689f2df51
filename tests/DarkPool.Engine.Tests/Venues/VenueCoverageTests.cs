using DarkPool.Engine.Trading;
using Xunit;

namespace DarkPool.Engine.Tests.Venues;

/// <summary>The generated flows are worth something only if they reach every outcome.</summary>
public sealed class VenueCoverageTests
{
    // One flow misses the rarest outcomes; so many together do not. They are the same ones every time.
    private const int Flows = 45;
    private const int CrossingFlowsPlayed = 12;
    private const int Steps = 10_000;

    /// <summary>What small venues do not come to, or continuous markets do not say.</summary>
    private static readonly RejectionCode[] Unreached =
    [
        RejectionCode.None, RejectionCode.BookFull, RejectionCode.AlreadyFilled, RejectionCode.AlreadyCancelled,
        RejectionCode.TooManyDenials,
        RejectionCode.FirmUpRateTooLow, RejectionCode.NotInvited,
    ];

    [Fact]
    public void The_generated_flows_reach_every_outcome_that_a_small_venue_can_have()
    {
        var events = new List<VenueEvent>();
        var outcomes = new List<BlockOutcome>();
        for (var seed = 0; seed < Flows; seed++)
        {
            var driver = new VenueDriver();
            foreach (var step in new FlowMaker(seed, VenueFlows.Continuous).Make(Steps)) driver.Apply(step);
            events.AddRange(driver.Events);
            outcomes.AddRange(driver.Outcomes);
        }

        var fills = events.OfType<VenueEvent.Filled>().ToList();
        Assert.Contains(fills, fill => fill.Fill.Remaining.Lots != 0 && fill.Fill.Liquidity == Liquidity.Maker);
        Assert.Contains(fills.Zip(fills.Skip(1)), pair => pair.First.Account == pair.Second.Account);
        Assert.All(VenueFlows.Continuous, market => Assert.Contains(fills, fill => fill.Fill.Market == market));
        CancelReason[] reasons =
        [
            CancelReason.Requested, CancelReason.ImmediateOrCancel, CancelReason.Expired, CancelReason.FillOrKill, CancelReason.SelfTrade,
            CancelReason.Disconnected,
        ];
        Assert.Equal(reasons, events.OfType<VenueEvent.Cancelled>().Select(cancelled => cancelled.Reason).Distinct().Order());
        Assert.All([true, false], kept => Assert.Contains(events.OfType<VenueEvent.Replaced>(), replaced => replaced.Kept == kept));
        RejectionCode[] late = [RejectionCode.AlreadyFilled, RejectionCode.AlreadyCancelled];
        Assert.Equal(late, events.OfType<VenueEvent.TooLate>().Select(rejected => rejected.Code).Distinct().Order());
        Assert.Contains(events, happened => happened is VenueEvent.Reduced);
        Assert.Contains(fills, fill => fill.Fill.Fee != 0 && fill.Fill.Liquidity == Liquidity.Maker);
        var codes = events.OfType<VenueEvent.Rejected>().Select(rejected => rejected.Code).Distinct().Order();
        var ofTrading = Enum.GetValues<RejectionCode>().Where(code => code < RejectionCode.UnknownPool);
        Assert.Equal(ofTrading.Except(Unreached), codes);
        Assert.Contains(outcomes, outcome => outcome.Batch is { Markets.Length: > 1 });
    }

    [Fact]
    public void The_generated_flows_over_auctions_and_midpoint_markets_reach_every_outcome_of_their_own()
    {
        var (fills, events, again) = (new List<OrderFill>(), new List<VenueEvent>(), 0);
        for (var seed = 0; seed < CrossingFlowsPlayed; seed++)
        {
            var driver = new VenueDriver();
            foreach (var step in new FlowMaker(seed, CrossingFlows.Traded).Make(Steps))
            {
                driver.Apply(step);
                again += driver.Events.OfType<VenueEvent.Filled>().Count(told => IsLate(told, step));
                events.AddRange(driver.Events);
                driver.Events.Clear();
            }
        }

        fills.AddRange(events.OfType<VenueEvent.Filled>().Select(told => told.Fill));
        Assert.All(CrossingFlows.Traded, market => Assert.InRange(fills.Count(fill => fill.Market == market), 500, int.MaxValue));
        Assert.InRange(fills.Count(fill => fill is { Market: 5, Liquidity: Liquidity.Cross }), 100, int.MaxValue);
        Assert.All([1U, 3U, 5U], market => Assert.Contains(fills, fill => fill.Market == market && fill.Fee != 0));
        Assert.InRange(again, 3, int.MaxValue);
        Assert.Contains(events, told => told is VenueEvent.Firmed);
        Assert.Contains(events, told => told is VenueEvent.Cancelled { Reason: CancelReason.NotFirmedUp });
        Assert.All([true, false], kept => Assert.Contains(
            events, told => told is VenueEvent.Replaced { Market: 3 or 4 or 5 or 6 } replaced && replaced.Kept == kept));
        var codes = events.OfType<VenueEvent.Rejected>().Select(rejected => rejected.Code).ToHashSet();
        RejectionCode[] own =
        [
            RejectionCode.FirmUpRateTooLow, RejectionCode.NotInvited, RejectionCode.NoReference, RejectionCode.WouldTrade,
            RejectionCode.InvalidFlags, RejectionCode.TooManyOpenOrders, RejectionCode.ImmediateTooOften, RejectionCode.NotionalOverflow,
        ];
        Assert.Superset(own.ToHashSet(), codes);
    }

    /// <summary>Whether an order took that came before the command: only such does as shrank below its minimum where it rested.</summary>
    private static bool IsLate(VenueEvent.Filled told, VenueStep step) =>
        told.Fill.Liquidity == Liquidity.Taker && step.Action is VenueAction.Place or VenueAction.Replace
        && (told.Account, told.Fill.ClientOrderId) != (step.Account, step.Order.ClientOrderId);
}
