using System.Globalization;
using System.Text.Json;
using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending.Morpho;

namespace DarkPool.Engine.Tests.Lending;

/// <summary>A recorded history of several markets of Morpho Blue, played on ours.</summary>
internal sealed class MorphoTrace
{
    private const uint FeeRecipient = 0;

    private readonly Dictionary<string, uint> _users = new() { ["feeRecipient"] = FeeRecipient };
    private readonly List<IsolatedMarket> _markets = [];

    /// <summary>Plays one line; says what differs from the record, or null.</summary>
    public string? Play(JsonElement line)
    {
        if (line.TryGetProperty("init", out var init))
        {
            Start(init);
            return null;
        }

        if (line.TryGetProperty("final", out var final))
            return final.EnumerateArray().Select(CompareAll).FirstOrDefault(difference => difference is not null);

        var operation = line.GetProperty("op");
        var market = _markets[line.GetProperty("m").GetInt32()];
        market.AdvanceTo(line.GetProperty("ts").GetUInt64());
        if (operation.GetString() == "setPrice")
        {
            market.Price = Number(line.GetProperty("price"));
            return null;
        }

        var error = Operate(market, line, out var moved, out var liquidation);
        var expected = line.TryGetProperty("revert", out var revert) ? revert.GetString()! : "none";
        if (Name(error) != expected) return $"{operation} gives {Name(error)}, expected {expected}";
        return Compare(line, "moved", ("assets", moved.Assets), ("shares", moved.Shares))
            ?? Compare(
                line, "liquidate", ("repaidAssets", liquidation.RepaidAssets), ("repaidShares", liquidation.RepaidShares),
                ("seizedAssets", liquidation.SeizedAssets), ("badDebtAssets", liquidation.BadDebtAssets),
                    ("badDebtShares", liquidation.BadDebtShares))
            ?? CompareState(market, line);
    }

    private void Start(JsonElement init)
    {
        var states = init.GetProperty("states");
        foreach (var market in init.GetProperty("markets").EnumerateArray())
        {
            var start = ulong.Parse(states[_markets.Count].GetProperty("lastUpdate").GetString()!, CultureInfo.InvariantCulture);
            _markets.Add(new IsolatedMarket(Number(market.GetProperty("lltv")), FeeRecipient, start) { Price = Number(market.GetProperty(
                "price")) });
        }
    }

    private IsolatedError Operate(IsolatedMarket market, JsonElement line, out Moved moved, out IsolatedLiquidation liquidation)
    {
        (moved, liquidation) = (default, default);
        var args = line.GetProperty("args");
        var op = line.GetProperty("op").GetString();
        switch (op)
        {
            case "supply": return market.Supply(User(args[2]), Number(args[0]), Number(args[1]), out moved);
            case "withdraw": return market.Withdraw(User(args[2]), Number(args[0]), Number(args[1]), out moved);
            case "borrow": return market.Borrow(User(args[2]), Number(args[0]), Number(args[1]), out moved);
            case "repay": return market.Repay(User(args[2]), Number(args[0]), Number(args[1]), out moved);
            case "supplyCollateral": return market.SupplyCollateral(User(args[1]), Number(args[0]));
            case "withdrawCollateral": return market.WithdrawCollateral(User(args[1]), Number(args[0]));
            case "liquidate": return market.Liquidate(User(args[0]), Number(args[1]), Number(args[2]), out liquidation);
            case "setFee": return market.SetFee((UInt128)Number(args[0]));
            case "accrueInterest":
                market.Accrue();
                return IsolatedError.None;
            default: throw new ArgumentOutOfRangeException(nameof(line), op, "An operation that these tests do not know.");
        }
    }

    private string? CompareState(IsolatedMarket market, JsonElement line)
    {
        var state = market.State;
        var difference = Compare(
            line, "market", ("totalSupplyAssets", state.SupplyAssets), ("totalSupplyShares", state.SupplyShares),
            ("totalBorrowAssets", state.BorrowAssets), ("totalBorrowShares", state.BorrowShares),
            ("lastUpdate", state.LastUpdate), ("fee", state.Fee), ("rateAtTarget", state.RateAtTarget));
        if (difference is not null || !line.TryGetProperty("position", out var position)) return difference;
        return CompareHolding(market, line, "position", User(position.GetProperty("who")));
    }

    private string? CompareAll(JsonElement recorded)
    {
        var market = _markets[recorded.GetProperty("m").GetInt32()];
        var positions = recorded.GetProperty("positions");
        return CompareState(market, recorded) ?? positions.EnumerateObject()
            .Select(position => CompareHolding(market, positions, position.Name, _users[position.Name]))
            .FirstOrDefault(difference => difference is not null);
    }

    private static string? CompareHolding(IsolatedMarket market, JsonElement line, string part, uint user)
    {
        var holding = market.HoldingOf(user);
        return Compare(
            line, part, ("supplyShares", holding.SupplyShares), ("borrowShares", holding.BorrowShares), ("collateral", holding.Collateral));
    }

    private uint User(JsonElement name)
    {
        if (!_users.TryGetValue(name.GetString()!, out var user)) _users[name.GetString()!] = user = (uint)_users.Count;
        return user;
    }

    private static string? Compare(JsonElement line, string part, params (string Name, UInt256 Actual)[] values)
    {
        if (!line.TryGetProperty(part, out var recorded)) return null;
        var wrong = values.FirstOrDefault(value => recorded.GetProperty(value.Name).GetString() != value.Actual.ToString());
        return wrong.Name is null ? null : $"{part}.{wrong.Name} is {wrong.Actual}, expected {recorded.GetProperty(wrong.Name)}";
    }

    private static UInt256 Number(JsonElement digits) => UInt256.Parse(digits.GetString()!);

    private static string Name(IsolatedError error) => error switch
    {
        IsolatedError.None => "none",
        IsolatedError.InconsistentInput => "inconsistent input",
        IsolatedError.ZeroAssets => "zero assets",
        IsolatedError.InsufficientCollateral => "insufficient collateral",
        IsolatedError.InsufficientLiquidity => "insufficient liquidity",
        IsolatedError.PositionIsHealthy => "position is healthy",
        IsolatedError.ArithmeticOverflow => "Panic(17)",
        _ => error.ToString(),
    };
}
