using DarkPool.Engine.Trading;
using DarkPool.Engine.Trading.Auctions;
using FsCheck;
using FsCheck.Fluent;

namespace DarkPool.Engine.Tests.Trading.Auctions;

/// <summary>One generated command: a call, or a command for an order.</summary>
internal readonly record struct AuctionStep(StepKind? Kind, AuctionOrder Order, AuctionCall Call, uint Grudges)
{
    public void ApplyTo<TSink>(AuctionBook book, ref TSink sink)
        where TSink : struct, IAuctionSink
    {
        if (Kind is null) book.Call(Call, new GrudgeFilter(Grudges), ref sink);
        else if (Kind == StepKind.Cancel) book.Cancel(Order.Id, ref sink);
        else if (Kind == StepKind.Replace) book.Replace(Order.Id, Order.Price, Order.Quantity, ref sink);
        else book.Place(Order, ref sink);
    }

    public void ApplyTo(PlainAuctionBook book, ref RecordingAuctionSink sink)
    {
        if (Kind is null) book.Call(Call, new GrudgeFilter(Grudges), ref sink);
        else if (Kind == StepKind.Cancel) book.Cancel(Order.Id, ref sink);
        else if (Kind == StepKind.Replace) book.Replace(Order.Id, Order.Price.Ticks, Order.Quantity.Lots, ref sink);
        else book.Place(Order, ref sink);
    }
}

/// <summary>A long sequence of commands, and what is special about it.</summary>
public sealed class AuctionFlow
{
    internal AuctionFlow(string kind, AuctionStep[] steps) => (Kind, Steps) = (kind, steps);

    internal string Kind { get; }

    internal AuctionStep[] Steps { get; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Kind}, {Steps.Length} steps:{Environment.NewLine}{string.Join(Environment.NewLine, Steps.Take(60))}";
}

/// <summary>
/// Generates flows: without any conditions ("plain"), with minimums, grudges, collars, at the ends of the range of long, with sizes near
/// the largest, few ids or many.
/// </summary>
public static class AuctionFlows
{
    private const int Steps = 20_000;

    public static Arbitrary<AuctionFlow> Flows() => Arb.From(
        from kind in Gen.Elements("plain", "minimums", "grudges", "everything", "extreme")
        from ids in Gen.Elements(6, 60, 400)
        from seed in Gen.Choose(0, int.MaxValue)
        from length in Gen.Frequency((2, Gen.Choose(1, 200)), (1, Gen.Constant(Steps)))
        select new AuctionFlow(kind, Make(kind, ids, seed, length)),
        Shrink);

    internal static AuctionStep[] Make(string kind, int ids, int seed, int length)
    {
        var random = new Random(seed);
        var steps = new AuctionStep[length];
        for (var step = 0; step < length; step++)
        {
            var what = random.Next(45);
            steps[step] = what == 0
                ? new AuctionStep(null, default, Call(kind, random), Grudges(kind, random))
                : new AuctionStep(what switch { < 30 => StepKind.Place, < 38 => StepKind.Cancel, _ => StepKind.Replace },
                    Order(kind, (ulong)random.Next(ids), random), default, 0);
        }

        return steps;
    }

    internal static AuctionOrder Order(string kind, ulong id, Random random) => new()
    {
        Id = id,
        Owner = (uint)random.Next(8),
        Key = unchecked(id * 0x9E3779B97F4A7C15),
        Side = random.Next(400) == 0 ? (Side)random.Next(5) : (Side)random.Next(1, 3),
        Price = new Price(kind == "extreme" ? Extreme(random) : random.Next(-12, 13)),
        Quantity = new Quantity(Lots(kind, random)),
        Minimum = kind is "minimums" or "everything" ? Minimum(random) : default,
        Execution = kind == "plain" ? Execution.Rest : random.Next(12) switch
        {
            0 => Execution.ImmediateOrCancel,
            1 when kind is "minimums" or "everything" => Execution.FillOrKill,
            2 when random.Next(30) == 0 => Execution.PostOnly,
            _ => Execution.Rest,
        },
    };

    internal static AuctionCall Call(string kind, Random random)
    {
        var collar = kind is "everything" or "extreme" && random.Next(2) == 0;
        var low = collar ? random.Next(-12, 8) : long.MinValue;
        Price? reference = random.Next(3) == 0 ? null : new Price(random.Next(-15, 16));
        var allocation = (AuctionAllocation)random.Next(1, 3);
        return new AuctionCall(new Price(low), new Price(collar ? low + random.Next(12) : long.MaxValue), reference, allocation,
            (ulong)random.NextInt64());
    }

    private static uint Grudges(string kind, Random random) => kind switch
    {
        "grudges" or "everything" => (uint)random.Next(),
        _ => 0,
    };

    private static TradeMinimum Minimum(Random random) => random.Next(4) switch
    {
        0 => new TradeMinimum((ulong)random.Next(1, 60), 0),
        1 => new TradeMinimum(0, (ulong)random.Next(1, 40)),
        2 when random.Next(4) == 0 => new TradeMinimum((ulong)random.Next(1, 60), (ulong)random.Next(1, 40)),
        _ => default,
    };

    private static ulong Lots(string kind, Random random) => random.Next(300) switch
    {
        0 => 0,
        1 when kind == "extreme" => ulong.MaxValue - (ulong)random.Next(3),
        _ => (ulong)random.Next(1, 60),
    };

    private static long Extreme(Random random) => random.Next(6) switch
    {
        0 => long.MinValue + random.Next(2),
        1 => long.MaxValue - random.Next(2),
        2 => random.NextInt64(long.MinValue, long.MaxValue),
        _ => random.Next(-5, 6),
    };

    private static IEnumerable<AuctionFlow> Shrink(AuctionFlow flow)
    {
        for (var part = flow.Steps.Length / 2; part > 0; part /= 2)
        {
            for (var start = 0; start < flow.Steps.Length; start += part)
            {
                var end = Math.Min(start + part, flow.Steps.Length);
                yield return new AuctionFlow(flow.Kind, [.. flow.Steps[..start], .. flow.Steps[end..]]);
            }
        }
    }
}
