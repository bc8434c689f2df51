using DarkPool.Engine.Trading;
using FsCheck;
using FsCheck.Fluent;

namespace DarkPool.Engine.Tests.Trading;

/// <summary>What a generated step asks of a book.</summary>
internal enum StepKind
{
    Place,
    Cancel,
    Replace,
}

/// <summary>One generated command. Ids come from a small range, so that they collide, end and are used again.</summary>
internal readonly record struct BookStep(StepKind Kind, ulong Id, Side Side, long Price, ulong Lots, Execution Execution)
{
    public void ApplyTo<TSink>(ContinuousBook book, ref TSink sink)
        where TSink : struct, IBookSink
    {
        if (Kind == StepKind.Cancel) book.Cancel(Id, ref sink);
        else if (Kind == StepKind.Replace) book.Replace(Id, new Price(Price), new Quantity(Lots), ref sink);
        else book.Place(Id, Side, new Price(Price), new Quantity(Lots), Execution, ref sink);
    }

    public void ApplyTo<TSink>(Load.Match.PlainBook book, ref TSink sink)
        where TSink : struct, IBookSink
    {
        if (Kind == StepKind.Cancel) book.Cancel(Id, ref sink);
        else if (Kind == StepKind.Replace) book.Replace(Id, new Price(Price), new Quantity(Lots), ref sink);
        else book.Place(Id, Side, new Price(Price), new Quantity(Lots), Execution, ref sink);
    }
}

/// <summary>A long sequence of commands, and what was special about its prices.</summary>
public sealed class BookFlow
{
    internal BookFlow(string prices, BookStep[] steps) => (Prices, Steps) = (prices, steps);

    internal string Prices { get; }

    internal BookStep[] Steps { get; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Prices}, {Steps.Length} steps:{Environment.NewLine}{string.Join(Environment.NewLine, Steps.Take(200))}";
}

/// <summary>
/// Generates flows: prices close together, wandering, jumping between far places, or at the ends of the range of long, where a careless
/// book overflows; a few thousand ids or a handful.
/// </summary>
public static class BookFlows
{
    private const int Steps = 20_000;

    public static Arbitrary<BookFlow> Flows() => Arb.From(
        from prices in Gen.Elements("tight", "wandering", "jumping", "extreme", "sparse")
        from ids in Gen.Elements(6, 300, 5_000)
        from seed in Gen.Choose(0, int.MaxValue)
        from length in Gen.Frequency((1, Gen.Choose(1, 200)), (3, Gen.Constant(Steps)))
        select new BookFlow(prices, Make(prices, ids, seed, length)),
        Shrink);

    private static IEnumerable<BookFlow> Shrink(BookFlow flow)
    {
        for (var part = flow.Steps.Length / 2; part > 0; part /= 2)
        {
            for (var start = 0; start < flow.Steps.Length; start += part)
            {
                yield return new BookFlow(flow.Prices,
                    [.. flow.Steps[..start], .. flow.Steps[Math.Min(start + part, flow.Steps.Length)..]]);
            }
        }
    }

    private static BookStep[] Make(string prices, int ids, int seed, int length)
    {
        var random = new Random(seed);
        var steps = new BookStep[length];
        var middle = 0L;
        for (var step = 0; step < length; step++)
        {
            middle = Move(prices, middle, random);
            var kind = random.Next(10) switch { < 6 => StepKind.Place, < 8 => StepKind.Cancel, _ => StepKind.Replace };
            var id = unchecked((ulong)random.Next(ids) * 0x9E3779B97F4A7C15);
            var execution = random.Next(8) switch
            {
                0 => Execution.ImmediateOrCancel,
                1 => Execution.FillOrKill,
                2 => Execution.PostOnly,
                _ => Execution.Rest,
            };
            steps[step] = new BookStep(kind, id, Side(random), PriceNear(prices, middle, random), Lots(random), execution);
        }

        return steps;
    }

    private static Side Side(Random random) => random.Next(400) == 0 ? (Side)random.Next(5) : (Side)random.Next(1, 3);

    private static ulong Lots(Random random) => random.Next(200) switch
    {
        0 => 0,
        1 => ulong.MaxValue - (ulong)random.Next(3),
        _ => (ulong)random.Next(1, 60),
    };

    private static long Move(string prices, long middle, Random random) => prices switch
    {
        "wandering" => middle + random.Next(-150, 170),
        "jumping" when random.Next(1_500) == 0 => random.NextInt64(-(1L << 40), 1L << 40),
        "extreme" when random.Next(300) == 0 => random.Next(3) switch { 0 => long.MinValue, 1 => long.MaxValue, _ => 0 },
        _ => middle,
    };

    private static long PriceNear(string prices, long middle, Random random)
    {
        var distance = prices switch
        {
            "tight" => random.Next(-4, 5),
            "sparse" => random.NextInt64(-(1L << random.Next(1, 62)), 1L << random.Next(1, 62)),
            _ => random.Next(-300, 301),
        };
        return (long)Int128.Clamp((Int128)middle + distance, long.MinValue, long.MaxValue);
    }
}
