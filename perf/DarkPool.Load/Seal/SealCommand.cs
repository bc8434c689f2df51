using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using DarkPool.Enclave.Opening;
using DarkPool.Load.OrderFlow;
using DarkPool.Protocol.Blocks;

namespace DarkPool.Load.Seal;

/// <summary><c>seal</c>: the sealed path in process, beside the bare cost of its AEAD in the same run, round by round.</summary>
internal static class SealCommand
{
    private const int DefaultEnvelopes = 1_250_000;
    private const int DefaultRounds = 5;
    private const int Sessions = 64;

    public static Command Create()
    {
        var orders = new Option<FileInfo?>("--orders")
        {
            Description = $"A LOBSTER message file; without it, all in the folder {FileDays.DataVariable} or ../shared/data.",
        };
        var envelopes = new Option<int>("--envelopes")
        {
            Description = "Envelopes to seal and execute in a round, the first fifth to warm up; the days are repeated.",
            DefaultValueFactory = _ => DefaultEnvelopes,
        };
        var rounds = new Option<int>("--rounds") { Description = "Rounds; medians are printed.", DefaultValueFactory = _ => DefaultRounds };
        var json = LoadOutput.JsonOption();
        var command = new Command("seal", "Open, check, apply, seal reports: beside the bare AEAD on one core.") { orders, envelopes,
            rounds, json };
        command.SetAction(parsed =>
        {
            var files = FileDays.Find(parsed.GetValue(orders)).ToList();
            if (files.Count == 0)
            {
                Console.Error.WriteLine($"There is no order file: name one with --orders, or a folder with {FileDays.DataVariable}.");
                return 1;
            }

            var flows = files.ConvertAll(file => FileDays.Read(file, days: 1));
            LoadOutput.Print(Measure(flows, parsed.GetValue(envelopes), parsed.GetValue(rounds)), parsed.GetValue(json), Text);
            return 0;
        });
        return command;
    }

    private static SealFigures Measure(List<OrderFlowSet> flows, int envelopes, int rounds)
    {
        using var venue = new SealVenue();
        using var clients = new SealClients(venue, Sessions);
        using var log = SealedLog.Make(venue, clients, flows, envelopes);
        using var bare = new BareAead(log, clients);
        bare.Run();
        RunOnce(venue, log, clients, Crew.HandsOfMachine);

        var (rates, limits, ratios) = (new List<double>(), new List<double>(), new List<double>());
        var (parallel, alone) = (new List<SealRun>(), new List<SealRun>());
        for (var round = 0; round < rounds; round++)
        {
            var before = bare.Run();
            parallel.Add(RunOnce(venue, log, clients, Crew.HandsOfMachine));
            var after = bare.Run();
            alone.Add(RunOnce(venue, log, clients, hands: 0));
            rates.Add(log.MeasuredEnvelopes / parallel[^1].Elapsed.TotalSeconds);
            limits.Add((before + after) / 2);
            ratios.Add(rates[^1] / limits[^1]);
        }

        var oneCore = Median(alone.Select(run => log.MeasuredEnvelopes / run.Elapsed.TotalSeconds));
        return new SealFigures
        {
            Flows = flows.ConvertAll(flow => flow.Name),
            Envelopes = log.Envelopes,
            Blocks = log.Blocks.Count,
            Sessions = Sessions,
            Trades = log.Trades,
            Reports = log.Reports,
            Frames = parallel[^1].Frames,
            Rounds = rounds,
            Cores = 1 + Math.Min(Crew.HandsOfMachine, Crew.MaxHands),
            EnvelopesPerSecond = Median(rates),
            BareAeadPerSecondOnOneCore = Median(limits),
            Ratio = Median(ratios),
            EnvelopesPerSecondOnOneCore = oneCore,
            RatioOnOneCore = oneCore / Median(limits),
            ExecutorNs = [.. Enumerable.Range(0, SealStages.Count).Select(stage =>
                Median(parallel.Select(run => Each(run.Stages[stage], log))))],
            StagesNs = new SealStages
            {
                BareAead = Each(bare.Fastest, log),
                CheckAndOpen = Fastest(alone, SealStages.OpenStage, log),
                OfWhichHash = Each(HashAlone(log, rounds), log),
                Apply = Fastest(alone, SealStages.ApplyStage, log),
                Commit = Fastest(alone, SealStages.CommitStage, log),
                Frames = Fastest(alone, SealStages.DrawStage, log),
            },
            BytesAllocatedPerEnvelope = (double)parallel[^1].Allocated / log.Envelopes,
            BytesAllocatedPerBlockGrown = parallel[^1].AllocatedPerBlock,
        };
    }

    private static SealRun RunOnce(SealVenue venue, SealedLog log, SealClients clients, int hands)
    {
        using var run = new SealRun(venue, log, clients, hands);
        run.Run();
        return run;
    }

    private static long[] HashAlone(SealedLog log, int rounds)
    {
        var fastest = new long[log.Blocks.Count];
        Array.Fill(fastest, long.MaxValue);
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < fastest.Length; i++)
            {
                var begun = Stopwatch.GetTimestamp();
                if (BlockReader.Open(log.Blocks[i], out var reader) != BlockFault.None || !reader.HasItsRoot())
                    throw new InvalidOperationException("A block does not have its root.");
                fastest[i] = Math.Min(fastest[i], Stopwatch.GetTimestamp() - begun);
            }
        }

        return fastest;
    }

    private static double Fastest(List<SealRun> runs, int stage, SealedLog log) =>
        Each(Enumerable.Range(0, log.Blocks.Count).Select(block => runs.Min(run => run.Stages[stage][block])), log);

    private static double Each(IEnumerable<long> ticks, SealedLog log) =>
        Stopwatch.GetElapsedTime(0, ticks.Skip(log.WarmUpBlocks).Sum()).TotalNanoseconds / log.MeasuredEnvelopes;

    private static double Median(IEnumerable<double> values)
    {
        var ordered = values.Order().ToList();
        return (ordered[(ordered.Count - 1) / 2] + ordered[ordered.Count / 2]) / 2;
    }

    private static IEnumerable<string> Text(SealFigures f)
    {
        string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
        yield return Line($"{string.Join(" and ", f.Flows)}: {f.Envelopes:N0} envelopes of {f.Sessions} sessions in {f.Blocks:N0} blocks;");
        yield return Line($"{f.Trades:N0} trades, {f.Reports:N0} reports in {f.Frames:N0} frames; medians of {f.Rounds} rounds");
        yield return Line($"open, check, apply, reports sealed: {f.EnvelopesPerSecond / 1e6:F2} M envelopes/s on {f.Cores} cores");
        yield return Line($"bare AES-256-GCM (NSec), one core:  {f.BareAeadPerSecondOnOneCore / 1e6:F2} M envelopes/s");
        yield return Line($"ratio {f.Ratio:F2} (goal 0.60)");
        var e = f.ExecutorNs;
        yield return Line($"executor, ns an envelope: opens or waits {e[0]:F0}, applies {e[1]:F0}, commits {e[2]:F0}, draws {e[3]:F0}");
        var n = f.StagesNs;
        yield return Line($"on one core: {f.EnvelopesPerSecondOnOneCore / 1e6:F2} M envelopes/s, ratio {f.RatioOnOneCore:F2}");
        yield return Line(
            $"ns an envelope on one core, fastest rounds: check and open {n.CheckAndOpen:F0} (hashing alone {n.OfWhichHash:F0}),");
        yield return Line($"  apply {n.Apply:F0}, commit {n.Commit:F0}, frames {n.Frames:F0}; bare AEAD {n.BareAead:F0}");
        yield return Line($"allocated: {f.BytesAllocatedPerEnvelope:F2} bytes an envelope while tables grow,");
        yield return Line($"  then {f.BytesAllocatedPerBlockGrown:F0} a block");
    }
}
