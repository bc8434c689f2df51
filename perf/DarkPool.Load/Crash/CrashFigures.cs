namespace DarkPool.Load.Crash;

/// <summary>What one rule came to on one path. Money in USD.</summary>
internal sealed record CrashFigures
{
    /// <summary>
    /// Deficit of the reserve, and what open positions owe beyond their collateral at the end, less the rests below a lot that the
    /// treasury took from positions that ended in a deficit.
    /// </summary>
    public required double BadDebt { get; init; }

    /// <summary>The second part of it.</summary>
    public required double UnrealisedBadDebt { get; init; }

    /// <summary>Value of the collateral that borrowers lost beyond the debt that it repaid.</summary>
    public required double BorrowersLoss { get; init; }

    /// <summary>Value of the collateral that was sold.</summary>
    public required double Sold { get; init; }

    public required int Sales { get; init; }

    /// <summary>How often a position became unhealthy and was healthy again or at its end.</summary>
    public required int UnhealthyEpisodes { get; init; }

    public required double MeanMinutesToHealth { get; init; }

    public required double P99MinutesToHealth { get; init; }

    /// <summary>Positions that are unhealthy at the end of the path.</summary>
    public required int StillUnhealthy { get; init; }
}

/// <summary>Both rules on one path.</summary>
internal sealed record CrashComparison(string Path, CrashFigures Fixed, CrashFigures Dark);
