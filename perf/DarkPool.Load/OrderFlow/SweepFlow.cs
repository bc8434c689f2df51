using DarkPool.Engine.Trading;

namespace DarkPool.Load.OrderFlow;

/// <summary>
/// A made-up flow harder than any session: the price swings by a quarter either way and passes orders faster than they are cancelled.
/// Orders rest around it, half of them near, some far; nearly every command places one, and every second of these trades, with two others
/// on average. One in ten is immediate. The same seed gives the same flow.
/// </summary>
internal static class SweepFlow
{
    private const int Commands = 2_000_000;

    /// <summary>Resting orders aimed at: half of the 10^5 that a flow may have, so that none passes it.</summary>
    private const int Aim = 50_000;

    private const int Seed = 20120621;
    private const long Middle = 1_000_000;
    private const long Amplitude = Middle / 4;
    private const int Waves = 4;

    /// <summary>The flow, to be repeated so often.</summary>
    public static OrderFlowSet Record(int rounds)
    {
        var random = new Random(Seed);
        var recorder = new FlowRecorder();
        var id = 1UL;
        while (recorder.Count < Commands)
        {
            var price = Middle + (long)(Amplitude * Math.Sin(2 * Math.PI * Waves * recorder.Count / Commands));
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

        return recorder.Finish("sweeps", rounds);
    }
}
