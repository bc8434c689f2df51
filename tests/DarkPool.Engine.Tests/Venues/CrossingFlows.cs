using System.Collections.Immutable;
using DarkPool.Engine.Markets;
using DarkPool.Engine.Trading.Auctions;
using FsCheck;
using FsCheck.Fluent;

namespace DarkPool.Engine.Tests.Venues;

/// <summary>
/// Generates flows on two markets of auctions (pro rata with fees and no feed; by time with limits and a collar), two midpoint markets
/// (fees, a collar and conditional orders; huge units and nothing else) and a continuous one that shares their balances.
/// </summary>
public static class CrossingFlows
{
    private const int Steps = 20_000;

    internal static ImmutableArray<MarketTerms> Markets =>
    [
        VenueFlows.Market(3, 1, 2, 1, 1, 0) with
        {
            Rule = MatchingRule.Auction,
            Parameters = VenueFlows.Charged with { Auction = Every(AuctionAllocation.ProRata) },
        },
        VenueFlows.Market(4, 2, 3, 1_000_000, 10_000, 50_000) with
        {
            Rule = MatchingRule.Auction,
            Parameters = VenueFlows.Limited with { Auction = Every(AuctionAllocation.Time) },
        },
        VenueFlows.Market(5, 1, 2, 3, 1, 20_000) with
        {
            Rule = MatchingRule.Midpoint,
            Parameters = VenueFlows.Charged with
            {
                Reference = new ReferenceTerms
                {
                    Feed = VenueFlows.Feed, StalenessMicroseconds = 40_000, MidpointCollarBasisPoints = 200,
                },
                Conditional = new ConditionalTerms
                {
                    FirmUpMicroseconds = 12_000, FirmUpRateFloorBasisPoints = 2_500, MinimumQuantity = 2,
                },
            },
        },
        VenueFlows.Market(6, 3, 1, (UInt128)1 << 70, ((UInt128)1 << 66) + 1, 10) with
        {
            Rule = MatchingRule.Midpoint,
            Parameters = new MarketParameters { Reference = new ReferenceTerms { Feed = VenueFlows.Feed } },
        },
    ];

    /// <summary>The numbers of the markets that the flows trade on.</summary>
    internal static ImmutableArray<uint> Traded { get; } = [3, 4, 5, 5, 6, 1];

    public static Arbitrary<VenueFlow> Flows() => Arb.From(
        from seed in Gen.Choose(0, int.MaxValue)
        from length in Gen.Frequency((1, Gen.Choose(1, 100)), (3, Gen.Constant(Steps)))
        select new VenueFlow(new FlowMaker(seed, Traded).Make(length)),
        VenueFlows.Shrink);

    private static AuctionTerms Every(AuctionAllocation allocation) => new()
    {
        IntervalMicroseconds = 30_000,
        CloseWindowMicroseconds = 10_000,
        Allocation = allocation,
    };
}
