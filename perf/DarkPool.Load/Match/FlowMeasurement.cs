using System.Diagnostics;
using DarkPool.Engine.Trading;
using DarkPool.Load.OrderFlow;

namespace DarkPool.Load.Match;

/// <summary>
/// Plays one flow through both books in turns, after rounds that are not measured. The rate is that of the median round, so that a
/// neighbour on the machine disturbs few rounds of either book and not the result. Latency and allocation have rounds of their own.
/// </summary>
internal sealed class FlowMeasurement(OrderFlowSet flow)
{
    private const int UnmeasuredTurns = 2;

    /// <summary>
    /// Commands that a turn has at least: each begins with caches full of the other book, and the filling of them is not what is asked.
    /// </summary>
    private const int CommandsOfTurn = 500_000;

    private const long WarmUpCommands = 5_000_000;

    /// <summary>Commands that come together, as those of a venue's block do.</summary>
    private const int CommandsOfBlock = 4096;

    /// <summary>Commands ahead of which a large book hears of an id: its caller has a block of commands at hand.</summary>
    private const int LookUpAhead = 8;
    private const int OrderAhead = 4;

    private readonly ContinuousBook _book = new();
    private readonly PlainBook _baseline = new();
    private EventChecksum _told;
    private EventChecksum _baselineTold;
    private ulong _idOffset;
    private int _baselineRounds;

    public FlowFigures Run()
    {
        var (times, baselineTimes) = (new List<TimeSpan>(), new List<TimeSpan>());
        var ofTurn = Math.Min(flow.Rounds, ((CommandsOfTurn - 1) / flow.Commands.Length) + 1);
        for (var turn = -UnmeasuredTurns; turn * ofTurn < flow.Rounds; turn++)
        {
            if (turn == 0) (times, baselineTimes) = ([], []);
            var first = _idOffset;
            PlayTurn(ofTurn, first, PlayBook, times);
            PlayTurn(ofTurn, first, PlayBaseline, baselineTimes);
            if (_told.Value != _baselineTold.Value) throw new InvalidDataException($"{flow.Name}: the books disagree.");
        }

        var bytes = AllocatedByRound();
        var latencies = PlayLatencies();
        var (median, baselineMedian) = (Median(times), Median(baselineTimes));
        return new FlowFigures
        {
            Flow = flow.Name,
            Operations = (long)flow.Commands.Length * times.Count,
            PeakResting = flow.PeakResting,
            TradedLotsPerRound = _baselineTold.TradedLots / (ulong)_baselineRounds,
            OperationsPerSecond = flow.Commands.Length / median.TotalSeconds,
            EventsPerOperation = (double)flow.Events / flow.Commands.Length,
            BaselineOperationsPerSecond = flow.Commands.Length / baselineMedian.TotalSeconds,
            Ratio = baselineMedian / median,
            P50Ns = latencies.Percentile(0.50),
            P99Ns = latencies.Percentile(0.99),
            P999Ns = latencies.Percentile(0.999),
            MaxNs = latencies.Max,
            BytesPerOperation = (double)bytes / flow.Commands.Length,
        };
    }

    /// <summary>Plays the flow until the compiler has nothing more to gain from watching; the results are forgotten.</summary>
    public void WarmUp()
    {
        for (long played = 0; played < WarmUpCommands; played += flow.Commands.Length)
        {
            PlayRound();
            PlayBaseline();
        }
    }

    /// <summary>A round of the book alone.</summary>
    public TimeSpan PlayRound()
    {
        _idOffset += OrderFlowSet.IdsPerRound;
        return PlayBook();
    }

    /// <summary>The middle one of the times.</summary>
    public static TimeSpan Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);

    private void PlayTurn(int rounds, ulong idOffset, Func<TimeSpan> play, List<TimeSpan> times)
    {
        _idOffset = idOffset;
        for (var round = 0; round < rounds; round++)
        {
            _idOffset += OrderFlowSet.IdsPerRound;
            times.Add(play());
        }
    }

    private TimeSpan PlayBook()
    {
        var sink = _told;
        var start = Stopwatch.GetTimestamp();
        var commands = flow.Commands.AsSpan();
        for (var from = 0; from < commands.Length; from += CommandsOfBlock)
        {
            var block = commands.Slice(from, Math.Min(CommandsOfBlock, commands.Length - from));
            if (_book.GainsByHints) PlayHinted(block, ref sink);
            else PlayPlainly(block, ref sink);
        }

        var time = Stopwatch.GetElapsedTime(start);
        _told = sink;
        return time;
    }

    private void PlayPlainly(ReadOnlySpan<BookCommand> block, ref EventChecksum told)
    {
        var sink = told;
        foreach (ref readonly var command in block) command.ApplyTo(_book, ref sink, _idOffset);
        told = sink;
    }

    private void PlayHinted(ReadOnlySpan<BookCommand> block, ref EventChecksum told)
    {
        var sink = told;
        var foreseen = Math.Max(0, block.Length - LookUpAhead);
        for (var i = 0; i < foreseen; i++)
        {
            _book.Expect(block[i + LookUpAhead].Id + _idOffset);
            _book.ExpectSoon(block[i + OrderAhead].Id + _idOffset);
            block[i].ApplyTo(_book, ref sink, _idOffset);
        }

        foreach (ref readonly var command in block[foreseen..]) command.ApplyTo(_book, ref sink, _idOffset);
        told = sink;
    }

    private TimeSpan PlayBaseline()
    {
        var sink = _baselineTold;
        var start = Stopwatch.GetTimestamp();
        foreach (ref readonly var command in flow.Commands.AsSpan()) _baseline.Apply(command, ref sink, _idOffset);
        var time = Stopwatch.GetElapsedTime(start);
        _baselineTold = sink;
        _baselineRounds++;
        return time;
    }

    private long AllocatedByRound()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        PlayRound();
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
