using System.Collections.Immutable;
using DarkPool.Engine.Markets;
using FsCheck;
using FsCheck.Fluent;

namespace DarkPool.Engine.Tests.Venues;

/// <summary>What a generated step asks of a venue.</summary>
internal enum VenueAction
{
    Place,
    Cancel,
    Replace,
    Query,
    Deposit,
    NextBlock,
    Halt,
    CancelAll,
    EndSession,
    Configure,
    Deny,
    Tier,
    Observe,
    Quote,
    FirmUp,
    Charge,
}

/// <summary>One generated step.</summary>
internal readonly record struct VenueStep(VenueAction Action, uint Account, NewOrder Order, UInt128 Amount, long Microseconds);

/// <summary>A long sequence of steps on the markets of <see cref="VenueFlows.Markets"/>.</summary>
public sealed class VenueFlow
{
    internal VenueFlow(VenueStep[] steps) => Steps = steps;

    internal VenueStep[] Steps { get; }

    /// <inheritdoc/>
    public override string ToString() => string.Join(Environment.NewLine, Steps.Take(100));
}

/// <summary>
/// Generates flows of four accounts on three continuous markets: a plain one with fees, one with usual decimals, limits, a collar and a
/// publication delay, and one of units so large that orders overflow. One step in fifty carries a field of nonsense.
/// </summary>
public static class VenueFlows
{
    internal const int Accounts = 4;
    internal const uint FeeAccount = 3;
    internal const uint Operator = 2;
    internal const uint Feed = 5;
    internal const long SettlementInterval = 40_000;
    internal static readonly BlockTime Start = new(1_700_000_000_000_000);
    internal static readonly Digest DrawSeed = new([.. Enumerable.Range(7, 32).Select(place => (byte)place)]);

    private const int Steps = 20_000;

    /// <summary>Limits that a part of the orders meets, and a session that ends fifty milliseconds after the start.</summary>
    internal static MarketParameters Limited => new()
    {
        Orders = new OrderLimits
        {
            MaximumQuantity = 25,
            MinimumImmediateQuantity = 3,
            MaximumOpenOrders = 9,
            ImmediateOrders = 3,
            ImmediateWindowMicroseconds = 10_000,
            CollarBasisPoints = 900,
        },
        Reference = new ReferenceTerms { Feed = Feed, StalenessMicroseconds = 30_000 },
        SessionEndMicroseconds = (Start.Microseconds % 86_400_000_000) + 50_000,
    };

    internal static MarketParameters Charged => new()
    {
        Fees = new FeeTerms { MakerMillionths = 2_500, TakerMillionths = 7_000, Account = new Digest(VenueDriver.KeyOf(FeeAccount)) },
    };

    internal static ImmutableArray<AssetTerms> Assets { get; } =
        [.. Enumerable.Range(1, 3).Select(number => new AssetTerms { Number = (uint)number, Token = [.. new byte[19], (byte)number] })];

    internal static ImmutableArray<MarketTerms> Markets { get; } =
    [
        Market(1, 1, 2, 1, 1, 0) with { Parameters = Charged },
        Market(2, 2, 3, 1_000_000, 10_000, 50_000) with { Parameters = Limited },
        Market(7, 3, 1, (UInt128)1 << 70, ((UInt128)1 << 66) + 1, 10),
        .. CrossingFlows.Markets,
    ];

    /// <summary>The numbers of the continuous ones.</summary>
    internal static ImmutableArray<uint> Continuous { get; } = [1, 2, 7];

    public static Arbitrary<VenueFlow> Flows() => Arb.From(
        from seed in Gen.Choose(0, int.MaxValue)
        from length in Gen.Frequency((1, Gen.Choose(1, 100)), (3, Gen.Constant(Steps)))
        select new VenueFlow(new FlowMaker(seed, Continuous).Make(length)),
        Shrink);

    internal static IEnumerable<VenueFlow> Shrink(VenueFlow flow)
    {
        for (var part = flow.Steps.Length / 2; part > 0; part /= 2)
        {
            for (var start = 0; start < flow.Steps.Length; start += part)
            {
                yield return new VenueFlow([.. flow.Steps[..start], .. flow.Steps[Math.Min(start + part, flow.Steps.Length)..]]);
            }
        }
    }

    internal static MarketTerms Market(
        uint number, uint baseAsset, uint quoteAsset, UInt128 lotSize, UInt128 tickValue, long delay) => new()
    {
        Number = number,
        BaseAsset = baseAsset,
        QuoteAsset = quoteAsset,
        Rule = MatchingRule.Continuous,
        LotSize = lotSize,
        TickValue = tickValue,
        PublicationDelayMicroseconds = delay,
    };
}
