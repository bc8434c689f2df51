using DarkPool.Engine.Tests.Trading.Auctions;
using DarkPool.Engine.Trading;
using DarkPool.Engine.Trading.Midpoint;
using FsCheck;
using FsCheck.Fluent;

namespace DarkPool.Engine.Tests.Trading.Midpoint;

/// <summary>What a generated step asks of a midpoint book and of the conditional orders beside it.</summary>
internal enum MidpointStepKind
{
    Place,
    Cancel,
    Replace,
    Refer,
    PlaceConditional,
    CancelConditional,
    FirmUp,
    Pass,
}

/// <summary>One generated command.</summary>
internal readonly record struct MidpointStep(
    MidpointStepKind Kind, MidpointOrder Order, MidpointReference? Reference, GrudgeFilter Filter, long Elapsed);

/// <summary>A long sequence of commands.</summary>
public sealed class MidpointFlow
{
    internal MidpointFlow(string kind, MidpointStep[] steps) => (Kind, Steps) = (kind, steps);

    internal string Kind { get; }

    internal MidpointStep[] Steps { get; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Kind}, {Steps.Length} steps:{Environment.NewLine}{string.Join(Environment.NewLine, Steps.Take(60))}";
}

/// <summary>Generates flows over firm orders alone, or with conditional ones among them.</summary>
public static class MidpointFlows
{
    private const int Steps = 20_000;

    public static Arbitrary<MidpointFlow> Flows() => Arb.From(
        from kind in Gen.Elements("plain", "minimums", "grudges", "everything")
        from ids in Gen.Elements(6, 60, 400)
        from seed in Gen.Choose(0, int.MaxValue)
        from length in Gen.Frequency((2, Gen.Choose(1, 200)), (1, Gen.Constant(Steps)))
        select new MidpointFlow(kind, Make(kind, ids, seed, length)),
        Shrink);

    internal static MidpointStep[] Make(string kind, int ids, int seed, int length)
    {
        var random = new Random(seed);
        var steps = new MidpointStep[length];
        var (filter, middle) = (new GrudgeFilter(kind is "grudges" or "everything" ? (uint)random.Next() : 0), 50L);
        for (var step = 0; step < length; step++)
        {
            middle += random.Next(-1, 2);
            var what = random.Next(40) switch
            {
                < 16 => MidpointStepKind.Place,
                < 21 => MidpointStepKind.Cancel,
                < 24 => MidpointStepKind.Replace,
                < 27 => MidpointStepKind.Refer,
                < 31 => MidpointStepKind.PlaceConditional,
                < 32 => MidpointStepKind.CancelConditional,
                < 39 => MidpointStepKind.FirmUp,
                _ => MidpointStepKind.Pass,
            };
            var order = Order(kind, (ulong)random.Next(ids), middle, random);
            var reference = what == MidpointStepKind.Refer ? Reference(middle, random) : null;
            steps[step] = new MidpointStep(what, order, reference, filter, Elapsed(random));
        }

        return steps;
    }

    private static long Elapsed(Random random) => random.Next(400) switch
    {
        0 => FirmUpRecord.OutMicroseconds,
        < 20 => 401,
        _ => random.Next(20),
    };

    private static MidpointReference? Reference(long middle, Random random)
    {
        if (random.Next(12) == 0) return null;
        var bid = middle - random.Next(3);
        var ask = random.Next(10) == 0 ? bid - 1 : bid + random.Next(3);
        var low = random.Next(6) == 0 ? bid + ask + random.Next(-2, 3) : long.MinValue;
        return new MidpointReference(bid, ask, new Price(low), new Price(long.MaxValue));
    }

    private static MidpointOrder Order(string kind, ulong id, long middle, Random random)
    {
        var side = random.Next(400) == 0 ? (Side)random.Next(5) : (Side)random.Next(1, 3);
        var peg = (Peg)random.Next(4);
        var limit = peg != Peg.None && random.Next(3) == 0
            ? MidpointOrder.NoLimit(side)
            : new Price((2 * middle) + random.Next(-6, 7));
        return new MidpointOrder
        {
            Id = id,
            Owner = (uint)random.Next(8),
            Side = side,
            Peg = peg,
            Limit = limit,
            Quantity = new Quantity(random.Next(300) == 0 ? 0 : (ulong)random.Next(1, 60)),
            Minimum = kind is "minimums" or "everything" ? Minimum(random) : default,
            Execution = random.Next(12) switch
            {
                0 => Execution.ImmediateOrCancel,
                1 => Execution.FillOrKill,
                2 => Execution.PostOnly,
                _ => Execution.Rest,
            },
        };
    }

    private static TradeMinimum Minimum(Random random) => random.Next(4) switch
    {
        0 => new TradeMinimum((ulong)random.Next(1, 60), 0),
        1 => new TradeMinimum(0, (ulong)random.Next(1, 40)),
        2 when random.Next(4) == 0 => new TradeMinimum((ulong)random.Next(1, 60), (ulong)random.Next(1, 40)),
        _ => default,
    };

    private static IEnumerable<MidpointFlow> Shrink(MidpointFlow flow)
    {
        for (var part = flow.Steps.Length / 2; part > 0; part /= 2)
        {
            for (var start = 0; start < flow.Steps.Length; start += part)
            {
                var end = Math.Min(start + part, flow.Steps.Length);
                yield return new MidpointFlow(flow.Kind, [.. flow.Steps[..start], .. flow.Steps[end..]]);
            }
        }
    }
}
