using System.Collections.Immutable;
using DarkPool.Engine.Markets;
using DarkPool.Engine.Trading;
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
/// Generates flows of four accounts on three markets: a plain one, one with usual decimals, limits and a publication delay, and one of
/// units so large that orders overflow. One step in fifty carries a field of nonsense.
/// </summary>
public static class VenueFlows
{
    internal const int Accounts = 4;
    internal const long SettlementInterval = 40_000;
    internal static readonly BlockTime Start = new(1_700_000_000_000_000);

    private const int Steps = 12_000;

    /// <summary>Limits that a part of the orders meets, and a session that ends fifty milliseconds after the start.</summary>
    private static MarketParameters Limited { get; } = new()
    {
        Orders = new OrderLimits { MaximumQuantity = 25, MinimumImmediateQuantity = 3 },
        SessionEndMicroseconds = (Start.Microseconds % 86_400_000_000) + 50_000,
    };

    internal static ImmutableArray<AssetTerms> Assets { get; } =
        [.. Enumerable.Range(1, 3).Select(number => new AssetTerms { Number = (uint)number, Token = [.. new byte[19], (byte)number] })];

    internal static ImmutableArray<MarketTerms> Markets { get; } =
    [
        Market(1, 1, 2, 1, 1, 0),
        Market(2, 2, 3, 1_000_000, 10_000, 50_000) with { Parameters = Limited },
        Market(7, 3, 1, (UInt128)1 << 70, ((UInt128)1 << 66) + 1, 10),
    ];

    public static Arbitrary<VenueFlow> Flows() => Arb.From(
        from seed in Gen.Choose(0, int.MaxValue)
        from length in Gen.Frequency((1, Gen.Choose(1, 100)), (3, Gen.Constant(Steps)))
        select new VenueFlow(Make(seed, length)),
        Shrink);

    private static IEnumerable<VenueFlow> Shrink(VenueFlow flow)
    {
        for (var part = flow.Steps.Length / 2; part > 0; part /= 2)
        {
            for (var start = 0; start < flow.Steps.Length; start += part)
            {
                yield return new VenueFlow([.. flow.Steps[..start], .. flow.Steps[Math.Min(start + part, flow.Steps.Length)..]]);
            }
        }
    }

    private static MarketTerms Market(uint number, uint baseAsset, uint quoteAsset, UInt128 lotSize, UInt128 tickValue, long delay) => new()
    {
        Number = number,
        BaseAsset = baseAsset,
        QuoteAsset = quoteAsset,
        Rule = MatchingRule.Continuous,
        LotSize = lotSize,
        TickValue = tickValue,
        PublicationDelayMicroseconds = delay,
    };

    private static VenueStep[] Make(int seed, int length)
    {
        var random = new Random(seed);
        var now = Start.Microseconds;
        var steps = new VenueStep[length];
        for (var step = 0; step < length; step++)
        {
            var action = random.Next(100) switch
            {
                < 50 => VenueAction.Place,
                < 70 => VenueAction.Cancel,
                < 85 => VenueAction.Replace,
                < 87 => VenueAction.Query,
                < 93 => VenueAction.Deposit,
                < 94 => VenueAction.Halt,
                _ => VenueAction.NextBlock,
            };
            var advance = action == VenueAction.NextBlock ? random.Next(3) * random.Next(8_000) : 0;
            now += advance;
            steps[step] = new VenueStep(action, (uint)random.Next(Accounts), Order(random, now), Amount(random), now);
        }

        return steps;
    }

    private static UInt128 Amount(Random random) => random.Next(20) switch
    {
        0 => 0,
        1 => (UInt128)random.NextInt64() << random.Next(64),
        < 5 => (UInt128)random.Next(1, 50) << 76,
        _ => (UInt128)random.NextInt64(1, 5_000_000_000),
    };

    private static NewOrder Order(Random random, long now)
    {
        var good = random.Next(50) != 0;
        var timeInForce = good ? (TimeInForce)random.Next(1, 6) : (TimeInForce)random.Next(256);
        var expires = timeInForce == TimeInForce.GoodTillTime ^ random.Next(60) == 0;
        return new NewOrder
        {
            ClientOrderId = (ulong)random.Next(40) * (ulong.MaxValue / 39),
            Market = random.Next(40) == 0 ? (uint)random.Next() : Markets[random.Next(3)].Number,
            Side = good ? (Side)random.Next(1, 3) : (Side)random.Next(256),
            Type = random.Next(100) == 0 ? (OrderType)random.Next(256) : OrderType.Limit,
            TimeInForce = timeInForce,
            Price = new Price(random.Next(100) switch { 0 => random.NextInt64(long.MinValue, long.MaxValue), 1 => 0, _ =>
                random.Next(90, 110) }),
            Quantity = new Quantity(random.Next(100) switch { 0 => (ulong)random.NextInt64() * 2, 1 => 0, _ => (ulong)random.Next(1, 30) }),
            Flags = random.Next(10) switch { 0 => OrderFlags.PostOnly, 1 when !good => (OrderFlags)random.Next(256), _ => OrderFlags.None },
            Expiry = expires ? new BlockTime(now + random.Next(-2_000, 60_000)) : BlockTime.None,
        };
    }
}
