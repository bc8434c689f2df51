using DarkPool.Engine.Trading;

namespace DarkPool.Load.OrderFlow;

/// <summary>
/// Made-up flows over a price that moves as told: orders rest around it, half of them near, some far; one command in ten is immediate and
/// crosses the spread; of the others half cancel any resting order as long as more rest than are aimed at. Where the price swings, it
/// passes orders faster than they are cancelled: there nearly every command places one, and every second of these trades, with two others
/// on average. The same seed gives the same flow.
/// </summary>
internal static class SyntheticFlow
{
    private const int Commands = 2_000_000;

    /// <summary>Resting orders aimed at: half of the 10^5 that a flow may have, so that none passes it.</summary>
    private const int Aim = 50_000;

    private const int Seed = 20120621;
    private const long Middle = 1_000_000;
    private const int Rounds = 5;

    /// <summary>All flows: each names the price's path by progress from 0 to 1.</summary>
    public static IEnumerable<OrderFlowSet> All()
    {
        yield return Make("static", _ => Middle);
        yield return Make("normal", Wander());
        yield return Make("swing 25 %", progress => Middle + Wave(progress, Middle / 4));
        yield return Make("swing 40 %", progress => Middle + Wave(progress, Middle * 2 / 5));
        yield return Make("flash crash", Crash);
    }

    private static long Wave(double progress, long amplitude) => (long)(amplitude * Math.Sin(progress * 8 * Math.PI));

    /// <summary>
    /// At six tenths of the way the price loses sixty percent within a hundredth, and takes four hundredths to come back.
    /// </summary>
    private static long Crash(double progress) => progress switch
    {
        < 0.60 or > 0.65 => Middle,
        < 0.61 => (long)(Middle * (1 - (60 * (progress - 0.60)))),
        _ => (long)(Middle * (0.4 + (15 * (progress - 0.61)))),
    };

    private static Func<double, long> Wander()
    {
        var random = new Random(Seed);
        var price = Middle;
        return _ => price += random.Next(-3, 4);
    }

    private static OrderFlowSet Make(string name, Func<double, long> path)
    {
        var random = new Random(Seed);
        var recorder = new FlowRecorder();
        var id = 1UL;
        while (recorder.Count < Commands)
        {
            var price = path((double)recorder.Count / Commands);
            var kind = random.Next(20);
            var buys = random.Next(2) == 0;
            var side = buys ? Side.Buy : Side.Sell;
            var lots = (ulong)random.Next(1, 100);
            if (kind < 2)
            {
                recorder.Add(new BookCommand(id++, buys ? price + 50 : price - 50, lots, BookAction.Immediate, side));
            }
            else if (kind < 11 || recorder.Resting < Aim)
            {
                var distance = 1 + (random.Next(2) == 0 ? random.Next(20) : random.Next(20) * random.Next(100));
                recorder.Add(new BookCommand(id++, buys ? price - distance : price + distance, lots, BookAction.Rest, side));
            }
            else
            {
                recorder.Add(new BookCommand(recorder.RestingId(random.Next()), 0, 0, BookAction.Cancel, side));
            }
        }

        return recorder.Finish(name, Rounds);
    }
}
