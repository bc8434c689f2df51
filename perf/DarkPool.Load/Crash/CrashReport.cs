using System.Globalization;

namespace DarkPool.Load.Crash;

/// <summary>All paths under both rules, and what an observer made of the dark ones.</summary>
internal sealed record CrashReport
{
    public required string Assumptions { get; init; }

    public required IReadOnlyList<CrashComparison> Paths { get; init; }

    /// <summary>Over all paths, of what is published.</summary>
    public required IReadOnlyList<ObserverFigure> Observed { get; init; }

    /// <summary>The same if commitments had no salt.</summary>
    public required IReadOnlyList<ObserverFigure> ObservedWithoutSalt { get; init; }

    /// <summary>The same if a health factor stood beside each deposit.</summary>
    public required IReadOnlyList<ObserverFigure> ObservedWithHealth { get; init; }

    /// <summary>Plays all months.</summary>
    public static CrashReport Measure(CrashTerms terms, string folder)
    {
        Leak[] leaks = [Leak.None, Leak.UnsaltedCommitment, Leak.HealthFactor];
        var comparisons = new List<CrashComparison>();
        var observed = leaks.ToDictionary(leak => leak, _ => new List<IReadOnlyList<ObserverFigure>>());
        foreach (var month in CrashPath.Months)
        {
            var path = CrashPath.Read(folder, month);
            PublicRecord[] records = [.. leaks.Select(leak => new PublicRecord(leak))];
            var dark = new DarkRun(terms, path, records).Play();
            comparisons.Add(new CrashComparison(month, new FixedBonusRun(terms, path).Play(), dark));
            for (var i = 0; i < leaks.Length; i++) observed[leaks[i]].Add(new Observer(records[i]).Judge());
        }

        return new CrashReport
        {
            Assumptions = Describe(terms),
            Paths = comparisons,
            Observed = Pool(observed[Leak.None]),
            ObservedWithoutSalt = Pool(observed[Leak.UnsaltedCommitment]),
            ObservedWithHealth = Pool(observed[Leak.HealthFactor]),
        };
    }

    private static List<ObserverFigure> Pool(List<IReadOnlyList<ObserverFigure>> runs) =>
    [
        .. runs[0].Select((figure, i) => new ObserverFigure(
            figure.Strategy, runs.Sum(run => run[i].Auc * run[i].Pairs) / runs.Sum(run => run[i].Pairs), runs.Sum(run => run[i].Pairs))),
    ];

    private static string Describe(CrashTerms terms) => string.Create(
        CultureInfo.InvariantCulture,
        $"{terms.Positions:N0} positions (70 % ether, 30 % bitcoin against dollars; Pareto 1.1 from $1,000 to $5 M; health 1.08 + "
        + $"exponential of mean 0.6), nobody acts on the way. {CrashTerms.Buyers} buyers who want 0.25 % to 8 % below the oracle, equal in "
        + $"size, together {terms.DepthPerHour / 100.0:F2} % of each collateral's first value an hour; the same for both rules, no "
        + $"backstop beside them. {CrashTerms.BlocksPerHour} blocks an hour, half at its low, half at its close. Dark: target health "
        + $"{terms.TargetHealth / 10_000.0:F2}, ramp {terms.RampSeconds} s. Seed {terms.Seed}.");
}
