using DarkPool.Engine.Trading;
using FsCheck.Fluent;
using Xunit;

namespace DarkPool.Engine.Tests.Venues;

/// <summary>The generated flows are worth something only if they reach every outcome.</summary>
public sealed class VenueCoverageTests
{
    // One flow misses the rarest outcome now and then; sixty together do not.
    private const int Flows = 60;

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
        foreach (var flow in VenueFlows.Flows().Generator.Sample(10, Flows))
        {
            var driver = new VenueDriver();
            foreach (var step in flow.Steps) driver.Apply(step);
            events.AddRange(driver.Events);
            outcomes.AddRange(driver.Outcomes);
        }

        var fills = events.OfType<VenueEvent.Filled>().ToList();
        Assert.Contains(fills, fill => fill.Fill.Remaining.Lots != 0 && fill.Fill.Liquidity == Liquidity.Maker);
        Assert.Contains(fills.Zip(fills.Skip(1)), pair => pair.First.Account == pair.Second.Account);
        Assert.All(VenueFlows.Markets, market => Assert.Contains(fills, fill => fill.Fill.Market == market.Number));
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
}
