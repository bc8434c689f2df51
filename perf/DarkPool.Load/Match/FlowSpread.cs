using DarkPool.Load.OrderFlow;

namespace DarkPool.Load.Match;

/// <summary>
/// How far some flows lie apart. The book plays them in turns, round by round: who shares the machine may stay for minutes, and
/// slows all of them then. The plain book has no part in it, since its garbage would be collected in the time of another flow.
/// </summary>
internal static class FlowSpread
{
    private const int UnmeasuredRounds = 1;
    private const int Rounds = 5;

    /// <summary>The fastest flow's rate over the slowest one's.</summary>
    public static double Measure(IEnumerable<OrderFlowSet> flows)
    {
        var turns = flows.Select(flow => (Flow: flow, Play: new FlowMeasurement(flow), Times: new List<TimeSpan>())).ToList();
        for (var round = -UnmeasuredRounds; round < Rounds; round++)
        {
            foreach (var (_, play, times) in turns)
            {
                var time = play.PlayRound();
                if (round >= 0) times.Add(time);
            }
        }

        var rates = turns.Select(turn => turn.Flow.Commands.Length / FlowMeasurement.Median(turn.Times).TotalSeconds).ToList();
        return rates.Max() / rates.Min();
    }
}
