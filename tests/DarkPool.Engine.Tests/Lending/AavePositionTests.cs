using System.Text.Json;
using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending.Aave;
using Xunit;
using Xunit.Abstractions;

namespace DarkPool.Engine.Tests.Lending;

/// <summary>Recorded positions: their valuation, and what each of several liquidations does to them in v3.6 and in v3.7.</summary>
[Trait("Category", "Vectors")]
public sealed class AavePositionTests(ITestOutputHelper output)
{
    private const uint Treasury = 0;
    private const uint Borrower = 1;
    private const uint Liquidator = 2;

    [Fact]
    public void Recorded_positions_are_valued_and_liquidated_to_the_wei() =>
        LendingVectors.CheckRows("aave_positions", output, (meta, row) =>
        {
            var account = Differs(row.GetProperty("account"), Load(meta, row, PoolProfile.V37, out _).Account(Borrower), "Base");
            if (account is not null) return account;
            foreach (var attempt in row.GetProperty("attempts").EnumerateArray())
            {
                var difference = Attempt(meta, row, attempt, attempt, PoolProfile.V36)
                    ?? Attempt(meta, row, attempt, attempt.TryGetProperty("v37", out var newer) ? newer : attempt, PoolProfile.V37);
                if (difference is not null) return difference;
            }

            return null;
        });

    private static string? Attempt(JsonElement meta, JsonElement row, JsonElement attempt, JsonElement outcome, PoolProfile profile)
    {
        var pool = Load(meta, row, profile, out var index);
        var collateral = index[attempt.GetProperty("collateral").GetString()!];
        var debt = index[attempt.GetProperty("debt").GetString()!];
        var cover = attempt.GetProperty("debtToCover").GetString()!;
        var amount = cover == "max" ? UInt256.MaxValue : UInt256.Parse(cover);
        var error = pool.Liquidate(Liquidator, Borrower, collateral, debt, amount, attempt.GetProperty("receiveAToken").GetBoolean());
        var expected = outcome.TryGetProperty("revert", out var revert) ? revert.GetString() : "None";
        if (error.ToString() != expected) return $"{error} where {expected} is expected ({profile})";
        if (error != PoolError.None) return null;

        var post = outcome.GetProperty("post");
        return Differs(post.GetProperty("account"), pool.Account(Borrower), "Base")
            ?? Differs(outcome, "treasuryScaledDelta", pool.PositionAt(Treasury, collateral).ScaledSupply)
            ?? Differs(post, "scaledCollateral", pool.PositionAt(Borrower, collateral).ScaledSupply)
            ?? post.GetProperty("scaledDebts").EnumerateObject()
                .Select(owed => Differs(post.GetProperty("scaledDebts"), owed.Name, pool.PositionAt(Borrower, index[owed.Name]).ScaledDebt))
                .FirstOrDefault(difference => difference is not null)
            ?? post.GetProperty("reserves").EnumerateObject()
                .Select(reserve => Differs(reserve.Value, pool.ReserveAt(index[reserve.Name])))
                .FirstOrDefault(difference => difference is not null);
    }

    private static LendingPool Load(JsonElement meta, JsonElement row, PoolProfile profile, out Dictionary<string, int> index)
    {
        var symbols = meta.GetProperty("reserves").EnumerateArray().Select(reserve => reserve.GetProperty("sym").GetString()!).ToList();
        index = symbols.Select((symbol, i) => (symbol, i)).ToDictionary(pair => pair.symbol, pair => pair.i);
        ReserveParameters[] parameters = [.. meta.GetProperty("reserves").EnumerateArray().Select(Parameters)];
        var pool = new LendingPool(profile, Treasury, parameters, 0);
        foreach (var eMode in meta.GetProperty("emodes").EnumerateArray())
        {
            UInt128 members = 0;
            foreach (var symbol in eMode.GetProperty("collateralAndBorrowable").EnumerateArray(
                )) members |= UInt128.One << index[symbol.GetString()!];
            pool.DefineEMode(
                eMode.GetProperty("id").GetByte(),
                new EMode(eMode.GetProperty("ltv").GetUInt32(), eMode.GetProperty("lt").GetUInt32(), eMode.GetProperty("lb").GetUInt32(),
                    members, members, 0));
        }

        foreach (var reserve in row.GetProperty("reserves").EnumerateObject())
        {
            pool.Load(index[reserve.Name], State(reserve.Value, parameters[index[reserve.Name]]));
        }

        var flags = new PoolUser { EMode = row.GetProperty("emode").GetByte() };
        var positions = new PoolPosition[symbols.Count];
        foreach (var supply in row.GetProperty("user").GetProperty("collateral").EnumerateObject())
        {
            positions[index[supply.Name]].ScaledSupply = Number(supply.Value, "scaled");
            flags.SetUses(index[supply.Name], supply.Value.GetProperty("enabled").GetBoolean());
        }

        foreach (var debt in row.GetProperty("user").GetProperty("debt").EnumerateObject())
        {
            positions[index[debt.Name]].ScaledDebt = Number(debt.Value, "scaled");
            flags.SetOwes(index[debt.Name], positions[index[debt.Name]].ScaledDebt != 0);
        }

        pool.Load(Borrower, flags);
        for (var i = 0; i < positions.Length; i++) pool.Load(Borrower, i, positions[i]);
        pool.AdvanceTo(row.GetProperty("timestamp").GetUInt64());
        return pool;
    }

    private static Reserve State(JsonElement state, ReserveParameters parameters) => new()
    {
        Parameters = parameters,
        Price = Number(state, "price"),
        LiquidityIndex = Number(state, "liquidityIndex"),
        DebtIndex = Number(state, "borrowIndex"),
        LiquidityRate = Number(state, "liquidityRate"),
        DebtRate = Number(state, "borrowRate"),
        LastUpdate = (ulong)Number(state, "lastUpdate"),
        AccruedToTreasury = Number(state, "accruedToTreasury"),
        VirtualBalance = Number(state, "virtualBalance"),
        Deficit = Number(state, "deficit"),
        ScaledSupply = Number(state, "scaledSupply"),
        ScaledDebt = Number(state, "scaledDebt"),
    };

    private static ReserveParameters Parameters(JsonElement reserve) => new()
    {
        Decimals = reserve.GetProperty("decimals").GetByte(),
        LoanToValue = reserve.GetProperty("ltv").GetUInt32(),
        LiquidationThreshold = reserve.GetProperty("liquidationThreshold").GetUInt32(),
        LiquidationBonus = reserve.GetProperty("liquidationBonus").GetUInt32(),
        ReserveFactor = reserve.GetProperty("reserveFactor").GetUInt32(),
        LiquidationProtocolFee = reserve.GetProperty("liquidationProtocolFee").GetUInt32(),
        BorrowingEnabled = true,
        Curve = new InterestRateCurve(
            reserve.GetProperty("rate").GetProperty("optimal").GetUInt32(), reserve.GetProperty("rate").GetProperty("base").GetUInt32(),
            reserve.GetProperty("rate").GetProperty("slope1").GetUInt32(), reserve.GetProperty("rate").GetProperty("slope2").GetUInt32()),
    };

    private static string? Differs(JsonElement recorded, in AccountData account, string suffix) =>
        Differs(recorded, "totalCollateral" + suffix, account.Collateral)
        ?? Differs(recorded, "totalDebt" + suffix, account.Debt)
        ?? Differs(recorded, "availableBorrows" + suffix, account.AvailableBorrows)
        ?? Differs(recorded, "liquidationThreshold", account.AverageThreshold)
        ?? Differs(recorded, "ltv", account.AverageLtv)
        ?? Differs(recorded, "healthFactor", account.HealthFactor);

    private static string? Differs(JsonElement recorded, in Reserve reserve) =>
        Differs(recorded, "liquidityIndex", reserve.LiquidityIndex)
        ?? Differs(recorded, "liquidityRate", reserve.LiquidityRate)
        ?? Differs(recorded, "borrowIndex", reserve.DebtIndex)
        ?? Differs(recorded, "borrowRate", reserve.DebtRate)
        ?? Differs(recorded, "lastUpdate", (UInt256)reserve.LastUpdate)
        ?? Differs(recorded, "accruedToTreasury", reserve.AccruedToTreasury)
        ?? Differs(recorded, "virtualBalance", reserve.VirtualBalance)
        ?? Differs(recorded, "deficit", reserve.Deficit)
        ?? Differs(recorded, "scaledSupply", reserve.ScaledSupply)
        ?? Differs(recorded, "scaledDebt", reserve.ScaledDebt);

    private static string? Differs(JsonElement recorded, string name, UInt256 actual) =>
        recorded.GetProperty(name).GetString() == actual.ToString() ? null : $"{name} is {actual}, expected {recorded.GetProperty(name)}";

    private static UInt128 Number(JsonElement row, string name) => (UInt128)UInt256.Parse(row.GetProperty(name).GetString()!);
}
