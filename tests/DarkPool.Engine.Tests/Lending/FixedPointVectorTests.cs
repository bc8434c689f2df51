using System.Text.Json;
using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending.Aave;
using DarkPool.Engine.Lending.Comet;
using DarkPool.Engine.Lending.Morpho;
using Xunit;
using Xunit.Abstractions;

namespace DarkPool.Engine.Tests.Lending;

[Trait("Category", "Vectors")]
public sealed class FixedPointVectorTests(ITestOutputHelper output)
{
    [Fact]
    public void Ray_and_wad_arithmetic_equals_Aaves() =>
        LendingVectors.CheckRows("aave_raymath", output, (_, row) =>
        {
            string result;
            try
            {
                result = Apply(row.GetProperty("op").GetString()!, Number(row, "a"), row.TryGetProperty("b", out _)
                    ? Number(row, "b") : default).ToString();
            }
            catch (Exception reverted) when (reverted is OverflowException or DivideByZeroException)
            {
                result = "revert";
            }

            return Differs(row, "result", result);
        });

    [Fact]
    public void Interest_accrual_equals_Aaves() =>
        LendingVectors.CheckRows("aave_interest", output, (_, row) =>
        {
            var (rate, seconds, index) = (Number(row, "rate"), (ulong)Number(row, "seconds"), Number(row, "index"));
            var compound = InterestAccrual.Compound(rate, seconds);
            var linear = InterestAccrual.Linear(rate, seconds);
            return Differs(row, "compound", compound)
                ?? Differs(row, "linear", linear)
                ?? Differs(row, "nextBorrowIndex", WadRay.RayMul(compound, index))
                ?? Differs(row, "nextLiquidityIndex", WadRay.RayMul(linear, index));
        });

    [Fact]
    public void Reserve_rates_equal_Aaves() =>
        LendingVectors.CheckRows("aave_rates", output, (_, row) =>
        {
            var curve = new InterestRateCurve(Bps(row, "optimalBps"), Bps(row, "baseBps"), Bps(row, "slope1Bps"), Bps(row, "slope2Bps"));
            var available = Number(row, "virtualUnderlyingBalance") + Number(row, "liquidityAdded") - Number(row, "liquidityTaken");
            var rates = curve.Rates(Number(row, "totalDebt"), available, Number(row, "deficit"), Bps(row, "reserveFactorBps"));
            return (curve.IsValid ? null : "the parameters are called invalid")
                ?? Differs(row, "liquidityRate", rates.Liquidity)
                ?? Differs(row, "variableBorrowRate", rates.VariableBorrow);
        });

    [Fact]
    public void The_adaptive_curve_equals_Morphos() =>
        LendingVectors.CheckRows("morpho_irm", output, (_, row) =>
        {
            var seconds = (ulong)Number(row, "elapsed");
            var rate = AdaptiveCurve.Rate(
                Number(row, "totalSupplyAssets"), Number(row, "totalBorrowAssets"), Number(row, "startRateAtTarget"), seconds);
            return Differs(row, "avgBorrowRate", rate.MeanBorrowRate)
                ?? Differs(row, "endRateAtTarget", rate.RateAtTarget)
                ?? Differs(row, "taylorFactor", MorphoWad.TaylorCompounded(rate.MeanBorrowRate, seconds));
        });

    [Fact]
    public void Shares_equal_Morphos() =>
        LendingVectors.CheckRows("morpho_shares", output, (_, row) =>
        {
            var (x, assets, shares) = (Number(row, "x"), Number(row, "totalAssets"), Number(row, "totalShares"));
            return Differs(row, "result", row.GetProperty("op").GetString() switch
            {
                "toSharesDown" => SharesMath.ToShares(x, assets, shares, Rounding.Floor),
                "toSharesUp" => SharesMath.ToShares(x, assets, shares, Rounding.Ceiling),
                "toAssetsDown" => SharesMath.ToAssets(x, assets, shares, Rounding.Floor),
                _ => SharesMath.ToAssets(x, assets, shares, Rounding.Ceiling),
            });
        });

    [Fact]
    public void Pre_liquidation_equals_Morphos() =>
        LendingVectors.CheckRows("morpho_preliquidation", output, (_, row) =>
        {
            var terms = new PreLiquidationTerms(
                Number(row, "lltv"), Number(row, "preLltv"), Number(row, "preLCF1"), Number(row, "preLCF2"), Number(row, "preLIF1"),
                    Number(row, "preLIF2"));
            var position = new IsolatedPosition(
                Number(row, "collateral"), Number(row, "borrowShares"), Number(row, "totalBorrowAssets"), Number(row, "totalBorrowShares"),
                    Number(row, "price"));
            var outcome = PreLiquidation.Quote(terms, position, Number(row, "seizedAssetsIn"), Number(row, "repaidSharesIn"));
            if (row.TryGetProperty("revert", out var revert))
            {
                var name = outcome.Refusal == PreLiquidationRefusal.ZeroAssets ? "zero assets" : outcome.Refusal.ToString();
                return name == revert.GetString() ? null : $"{name} where {revert} is expected";
            }

            return (outcome.Refusal == PreLiquidationRefusal.None ? null : $"refused as {outcome.Refusal}")
                ?? Differs(row, "repaidAssets", outcome.RepaidAssets)
                ?? Differs(row, "repaidShares", outcome.RepaidShares)
                ?? Differs(row, "seizedAssets", outcome.SeizedAssets);
        });

    [Fact]
    public void Comets_rates_equal_Compounds() =>
        LendingVectors.CheckRows("comet_rates", output, (_, row) =>
        {
            KinkedRate Side(string side) => new(
                Number(row, side + "Kink"),
                Number(row, side + "PerYearInterestRateSlopeLow"),
                Number(row, side + "PerYearInterestRateSlopeHigh"),
                Number(row, side + "PerYearInterestRateBase"));
            var utilisation = Number(row, "utilisation");
            return Differs(row, "supplyRatePerSecond", Side("supply").PerSecond(utilisation))
                ?? Differs(row, "borrowRatePerSecond", Side("borrow").PerSecond(utilisation));
        });

    private static UInt256 Apply(string operation, UInt256 a, UInt256 b) => operation switch
    {
        "rayMul" => WadRay.RayMul(a, b),
        "rayMulFloor" => WadRay.RayMul(a, b, Rounding.Floor),
        "rayMulCeil" => WadRay.RayMul(a, b, Rounding.Ceiling),
        "rayDiv" => WadRay.RayDiv(a, b),
        "rayDivFloor" => WadRay.RayDiv(a, b, Rounding.Floor),
        "rayDivCeil" => WadRay.RayDiv(a, b, Rounding.Ceiling),
        "wadMul" => WadRay.WadMul(a, b),
        "wadDiv" => WadRay.WadDiv(a, b),
        "percentMul" => WadRay.PercentMul(a, b),
        "percentMulFloor" => WadRay.PercentMul(a, b, Rounding.Floor),
        "percentMulCeil" => WadRay.PercentMul(a, b, Rounding.Ceiling),
        "percentDiv" => WadRay.PercentDiv(a, b),
        "percentDivCeil" => WadRay.PercentDiv(a, b, Rounding.Ceiling),
        "rayToWad" => WadRay.RayToWad(a),
        "wadToRay" => WadRay.WadToRay(a),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "An operation that these tests do not know."),
    };

    private static UInt256 Number(JsonElement row, string name) => UInt256.Parse(row.GetProperty(name).GetString()!);

    private static uint Bps(JsonElement row, string name) => row.GetProperty(name).GetUInt32();

    private static string? Differs(JsonElement row, string name, UInt256 actual) => Differs(row, name, actual.ToString());

    private static string? Differs(JsonElement row, string name, string actual) =>
        row.GetProperty(name).GetString() == actual ? null : $"{name} is {actual}, expected {row.GetProperty(name)}";
}
