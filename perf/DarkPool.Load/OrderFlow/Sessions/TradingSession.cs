using DarkPool.Engine.Trading;

namespace DarkPool.Load.OrderFlow.Sessions;

/// <summary>
/// The order flow of the Matching Engine Algorithm Performance Challenge (Flash One Technologies, 2026; workload version 1): a million new
/// orders of a liquid stock and what becomes of them. The price walks as geometric Brownian motion; bids are priced along the first half
/// of its way and asks along the second, each some ticks behind the middle, and come in random order. Of the orders 15 % are immediate;
/// of the others a fifth is replaced by a larger one, four times in five a tick nearer, and 95 % are cancelled after a time whose median
/// is 431 us at the front and longer behind. Some cancels and replacements come twice, the second time too late.
/// </summary>
internal static class TradingSession
{
    /// <summary>The seed for which results are published.</summary>
    public const uint CanonicalSeed = 23;

    private const int NewOrders = 1_000_000;
    private const double Tick = 0.005;
    private const double FirstMiddle = 167.52;
    private const double ImmediatePart = 0.15;
    private const double ReplacedPart = 0.20;
    private const double RepricedPart = 0.80;
    private const double CancelledPart = 0.95;
    private const double RepeatedPart = 0.02;

    /// <summary>Microseconds, at the front of the book.</summary>
    private const double MedianLife = 431;

    /// <summary>Microseconds from an order to its replacement: at least, and by chance more.</summary>
    private const long LeastReplaceDelay = 30;
    private const long ReplaceDelaySpan = 70;

    /// <summary>Microseconds within which a command comes again.</summary>
    private const long RepeatSpan = 20;

    /// <summary>The commands of a session, in their order.</summary>
    public static IEnumerable<BookCommand> Commands(SessionScenario scenario, uint seed = CanonicalSeed)
    {
        var random = new SessionRandom(seed);
        var placed = Place(scenario, random);
        return Live(placed, Shuffled(random), random).OrderBy(timed => timed.Time).Select(timed => timed.Command);
    }

    private static Placed[] Place(SessionScenario scenario, SessionRandom random)
    {
        var depth = new DepthProfile();
        var step = scenario.Volatility == 0 ? 0 : Math.Pow(scenario.Swing / scenario.Volatility, 2.0) / NewOrders;
        var deviation = scenario.Volatility * Math.Sqrt(step);
        var middle = FirstMiddle;
        var placed = new Placed[NewOrders];
        for (var i = 0; i < NewOrders; i++)
        {
            middle *= Math.Exp((-0.5 * deviation * deviation) + (deviation * random.Normal()));
            var ticks = Ticks(Math.Round(middle / Tick, MidpointRounding.AwayFromZero) * Tick);
            var level = depth.Draw(random);
            var buys = i < NewOrders / 2;
            var price = Math.Max(1, buys ? ticks - (level + 1) : ticks + level + 1);
            placed[i] = new Placed(buys ? Side.Buy : Side.Sell, price, random.Whole(1, 100), level);
        }

        return placed;
    }

    private static int[] Shuffled(SessionRandom random)
    {
        var order = Enumerable.Range(0, NewOrders).ToArray();
        for (var i = NewOrders - 1; i > 0; i--)
        {
            var other = random.Whole(0, (uint)i);
            (order[i], order[other]) = (order[other], order[i]);
        }

        return order;
    }

    private static IEnumerable<Timed> Live(Placed[] placed, int[] order, SessionRandom random)
    {
        var rate = Math.Log(2.0) / MedianLife;
        var now = 0L;
        foreach (var index in order)
        {
            var (side, price, lots, level) = placed[index];
            var id = (ulong)index + 1;
            var immediate = random.Happens(ImmediatePart);
            yield return new Timed(now, new BookCommand(id, price, lots, immediate ? BookAction.Immediate : BookAction.Rest, side));
            if (immediate)
            {
                now++;
                continue;
            }

            var replaced = random.Happens(ReplacedPart);
            if (replaced)
            {
                now += LeastReplaceDelay + (long)(random.Uniform() * ReplaceDelaySpan);
                if (random.Happens(RepricedPart)) price += side == Side.Buy ? 1 : -1;
                yield return new Timed(now, new BookCommand(id, price, lots + 1, BookAction.Replace, side));
            }

            var cancelled = random.Happens(CancelledPart);
            if (cancelled)
            {
                now += (long)random.Exponential(rate / Math.Sqrt(1.0 + level));
                yield return new Timed(now, new BookCommand(id, 0, 0, BookAction.Cancel, side));
                if (random.Happens(RepeatedPart))
                {
                    now += RepeatDelay(random);
                    yield return new Timed(now, new BookCommand(id, 0, 0, BookAction.Cancel, side));
                }
            }

            if (replaced && cancelled && random.Happens(RepeatedPart))
            {
                now += RepeatDelay(random);
                yield return new Timed(now, new BookCommand(id, price, lots + 1, BookAction.Replace, side));
            }

            now++;
        }
    }

    private static long RepeatDelay(SessionRandom random) => 1 + (long)(random.Uniform() * RepeatSpan);

    private static long Ticks(double price) => (long)Math.Round(price / Tick, MidpointRounding.AwayFromZero);

    private readonly record struct Placed(Side Side, long Price, uint Lots, int Level);

    private readonly record struct Timed(long Time, BookCommand Command);
}
