using System.Diagnostics;
using DarkPool.Engine.Trading;
using DarkPool.Load.OrderFlow;

namespace DarkPool.Load.Match;

/// <summary>
/// Plays one flow through both books, round by round in turns, after rounds that are not measured. The rate is that of the median round,
/// so that a neighbour on the machine disturbs few rounds of either book and not the result. Latency and allocation have rounds of their
/// own.
/// </summary>
internal sealed class FlowMeasurement(OrderFlowSet flow)
{
    private const int UnmeasuredRounds = 2;

    private readonly ContinuousBook _book = new();
    private readonly PlainBook _baseline = new();
    private EventChecksum _told;
    private EventChecksum _baselineTold;
    private ulong _idOffset;

    public FlowFigures Run()
    {
        var (times, baselineTimes) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var round = -UnmeasuredRounds; round < flow.Rounds; round++)
        {
            _idOffset += OrderFlowSet.IdsPerRound;
            var (time, baselineTime) = (PlayBook(), PlayBaseline());
            if (_told.Value != _baselineTold.Value) throw new InvalidDataException($"{flow.Name}: the books disagree.");
            if (round < 0) continue;
            times.Add(time);
            baselineTimes.Add(baselineTime);
        }

        var bytes = AllocatedByRound();
        var latencies = PlayLatencies();
        var (median, baselineMedian) = (Median(times), Median(baselineTimes));
        return new FlowFigures
        {
            Flow = flow.Name,
            Operations = (long)flow.Commands.Length * flow.Rounds,
            PeakResting = flow.PeakResting,
            TradedLotsPerRound = _baselineTold.TradedLots / (ulong)(UnmeasuredRounds + flow.Rounds),
            OperationsPerSecond = flow.Commands.Length / median.TotalSeconds,
            BaselineOperationsPerSecond = flow.Commands.Length / baselineMedian.TotalSeconds,
            Ratio = baselineMedian / median,
            P50Ns = latencies.Percentile(0.50),
            P99Ns = latencies.Percentile(0.99),
            P999Ns = latencies.Percentile(0.999),
            MaxNs = latencies.Max,
            BytesPerOperation = (double)bytes / flow.Commands.Length,
        };
    }

    private static TimeSpan Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);

    private TimeSpan PlayBook()
    {
        var sink = _told;
        var start = Stopwatch.GetTimestamp();
        foreach (ref readonly var command in flow.Commands.AsSpan()) command.ApplyTo(_book, ref sink, _idOffset);
        var time = Stopwatch.GetElapsedTime(start);
        _told = sink;
        return time;
    }

    private TimeSpan PlayBaseline()
    {
        var sink = _baselineTold;
        var start = Stopwatch.GetTimestamp();
        foreach (ref readonly var command in flow.Commands.AsSpan()) _baseline.Apply(command, ref sink, _idOffset);
        var time = Stopwatch.GetElapsedTime(start);
        _baselineTold = sink;
        return time;
    }

    private long AllocatedByRound()
    {
        _idOffset += OrderFlowSet.IdsPerRound;
        var before = GC.GetAllocatedBytesForCurrentThread();
        PlayBook();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private LatencyHistogram PlayLatencies()
    {
        var latencies = new LatencyHistogram();
        var sink = _told;
        for (var round = 0; round < flow.Rounds; round++)
        {
            _idOffset += OrderFlowSet.IdsPerRound;
            foreach (ref readonly var command in flow.Commands.AsSpan())
            {
                var before = Stopwatch.GetTimestamp();
                command.ApplyTo(_book, ref sink, _idOffset);
                latencies.Add(Stopwatch.GetTimestamp() - before);
            }
        }

        return latencies;
    }
}
