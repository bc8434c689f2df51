using DarkPool.Load.OrderFlow.Sessions;

namespace DarkPool.Load.OrderFlow;

/// <summary>The flows that nobody traded: the published sessions, and one of ours that no session comes near.</summary>
internal static class SyntheticFlows
{
    private const int Rounds = 5;

    /// <summary>The published sessions.</summary>
    public static IEnumerable<OrderFlowSet> Sessions()
    {
        foreach (var scenario in SessionScenario.All)
        {
            var recorder = new FlowRecorder();
            foreach (var command in TradingSession.Commands(scenario)) recorder.Add(command);
            yield return recorder.Finish(scenario.Name, Rounds);
        }
    }

    /// <summary>Prices that sweep through what rests.</summary>
    public static OrderFlowSet Sweeps() => SweepFlow.Record(Rounds);
}
