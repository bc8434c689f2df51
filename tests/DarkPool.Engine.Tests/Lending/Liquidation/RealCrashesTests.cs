using DarkPool.Load.Crash;
using Xunit;
using Xunit.Abstractions;

namespace DarkPool.Engine.Tests.Lending.Liquidation;

/// <summary>
/// The claims of <c>perf/DarkPool.Load -- crash</c> at a tenth of its size: real hourly prices of 2020-03, 2021-05 and 2022-06, the
/// same positions and buyers for both rules, and an observer of all that is public.
/// </summary>
[Trait("Category", "Vectors")]
public sealed class RealCrashesTests(ITestOutputHelper output)
{
    private const double Chance = 0.5;
    private const double Tolerance = 0.03;

    [Fact]
    public void The_dark_auction_is_not_worse_on_bad_debt_and_better_for_borrowers_and_tells_an_observer_nothing()
    {
        if (CrashPath.FindFolder(null) is not { } folder)
        {
            output.WriteLine("crash: skipped, no hourly prices (set DARKPOOL_DATA)");
            return;
        }

        var report = CrashReport.Measure(new CrashTerms { Positions = 1_000 }, folder);
        Assert.Equal(3, report.Paths.Count);
        foreach (var path in report.Paths)
        {
            output.WriteLine($"crash: {path.Path} bad debt {path.Dark.BadDebt:F0} beside {path.Fixed.BadDebt:F0}, "
                + $"borrowers' loss {path.Dark.BorrowersLoss:F0} beside {path.Fixed.BorrowersLoss:F0}");
            Assert.True(path.Fixed.Sales > 100 && path.Dark.Sales > 100, "Nothing happened.");
            Assert.True(path.Dark.BadDebt <= path.Fixed.BadDebt + 1, $"{path.Path}: worse on bad debt.");
            Assert.True(path.Dark.BorrowersLoss < path.Fixed.BorrowersLoss, $"{path.Path}: worse for borrowers.");
        }

        Assert.All(report.Observed, strategy => Assert.InRange(strategy.Auc, Chance - Tolerance, Chance + Tolerance));
        Assert.Contains(report.ObservedWithoutSalt, strategy => Math.Abs(strategy.Auc - Chance) > Tolerance);
        Assert.Contains(report.ObservedWithHealth, strategy => strategy.Auc > 0.9);
    }
}
