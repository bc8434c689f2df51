using System.Text.Json;
using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending.Aave;

namespace DarkPool.Engine.Tests.Lending;

/// <summary>A recorded history of a whole market, played on a pool.</summary>
internal sealed class AaveTrace
{
    private const uint Treasury = 0;

    private readonly Dictionary<string, int> _reserves = [];
    private readonly Dictionary<string, uint> _users = new() { ["treasury"] = Treasury };
    private readonly LendingPool _pool;

    public AaveTrace(JsonElement meta, PoolProfile profile)
    {
        var parameters = new List<ReserveParameters>();
        foreach (var reserve in meta.GetProperty("reserves").EnumerateArray())
        {
            _reserves[reserve.GetProperty("sym").GetString()!] = parameters.Count;
            parameters.Add(Parameters(reserve));
        }

        _pool = new LendingPool(profile, Treasury, [.. parameters], meta.GetProperty("startTs").GetUInt64());
        foreach (var reserve in meta.GetProperty("reserves").EnumerateArray())
        {
            _pool.SetPrice(_reserves[reserve.GetProperty("sym").GetString()!], (UInt128)Number(reserve.GetProperty("price")));
        }

        foreach (var eMode in meta.GetProperty("emodes").EnumerateArray())
        {
            var number = eMode.GetProperty("id").GetByte();
            UInt128 members = 0;
            foreach (var reserve in meta.GetProperty("reserves").EnumerateArray())
            {
                if (reserve.GetProperty("emode").GetByte() == number) members |= UInt128.One << _reserves[reserve.GetProperty(
                    "sym").GetString()!];
            }

            _pool.DefineEMode(number, new EMode(
                eMode.GetProperty("ltv").GetUInt32(), eMode.GetProperty("lt").GetUInt32(), eMode.GetProperty("lb").GetUInt32(), members,
                    members, 0));
        }
    }

    /// <summary>Plays one line; says what differs from the record, or null.</summary>
    public string? Play(JsonElement line)
    {
        if (line.TryGetProperty("dump", out var dump))
        {
            _pool.AdvanceTo(ulong.Parse(dump.GetProperty("ts").GetString()!, System.Globalization.CultureInfo.InvariantCulture));
            return Compare(dump);
        }

        _pool.AdvanceTo(line.GetProperty("ts").GetUInt64());
        var error = Operate(line);
        var expected = line.TryGetProperty("error", out var name) ? name.GetString()! : "None";
        var actual = error == PoolError.ArithmeticOverflow ? "Panic(17)" : error.ToString();
        if (actual != expected) return $"{line.GetProperty("op")} gives {actual}, expected {expected}";
        return line.TryGetProperty("reserves", out _) ? Compare(line) : null;
    }

    private PoolError Operate(JsonElement line)
    {
        var op = line.GetProperty("op").GetString();
        var reserve = line.TryGetProperty("asset", out var asset) ? _reserves[asset.GetString()!] : -1;
        var user = line.TryGetProperty("from", out var from) ? User(from.GetString()!) : 0;
        var amount = line.TryGetProperty("amount", out var given) ? Number(given) : default;
        switch (op)
        {
            case "supply": return _pool.Supply(user, reserve, amount);
            case "withdraw": return _pool.Withdraw(user, reserve, amount);
            case "borrow": return _pool.Borrow(user, reserve, amount);
            case "repay": return _pool.Repay(user, user, reserve, amount);
            case "repayWithATokens": return _pool.RepayWithSupply(user, reserve, amount);
            case "aTokenTransfer": return _pool.Transfer(user, User(line.GetProperty("to").GetString()!), reserve, amount);
            case "mintToTreasury": return _pool.MintToTreasury(reserve);
            case "setUserEMode": return _pool.SetEMode(user, line.GetProperty("category").GetByte());
            case "setUserUseReserveAsCollateral": return _pool.UseAsCollateral(user, reserve, line.GetProperty("use").GetBoolean());
            case "liquidationCall":
                return _pool.Liquidate(
                    user,
                    User(line.GetProperty("borrower").GetString()!),
                    _reserves[line.GetProperty("collateral").GetString()!],
                    _reserves[line.GetProperty("debt").GetString()!],
                    amount,
                    line.GetProperty("receiveAToken").GetBoolean());
            default:
                Administer(op!, reserve, line);
                return PoolError.None;
        }
    }

    private void Administer(string op, int reserve, JsonElement line)
    {
        if (op == "setPrice")
        {
            _pool.SetPrice(reserve, (UInt128)Number(line.GetProperty("price")));
            return;
        }

        var value = line.GetProperty("value");
        switch (op)
        {
            case "setSupplyCap": _pool.SetSupplyCap(reserve, (ulong)Number(value)); break;
            case "setBorrowCap": _pool.SetBorrowCap(reserve, (ulong)Number(value)); break;
            case "setReserveFactor": _pool.SetReserveFactor(reserve, (uint)(ulong)Number(value)); break;
            case "setLiquidationProtocolFee": _pool.SetLiquidationProtocolFee(reserve, (uint)(ulong)Number(value)); break;
            case "setReserveBorrowing": _pool.SetBorrowing(reserve, value.GetBoolean()); break;
            case "setReservePause": _pool.SetPaused(reserve, value.GetBoolean()); break;
            case "setReserveFreeze": _pool.SetFrozen(reserve, value.GetBoolean()); break;
            default: throw new ArgumentOutOfRangeException(nameof(op), op, "An operation that these tests do not know.");
        }
    }

    private string? Compare(JsonElement state)
    {
        foreach (var recorded in state.GetProperty("reserves").EnumerateObject())
        {
            var reserve = _pool.ReserveAt(_reserves[recorded.Name]);
            var difference = Differs(recorded, "liquidityIndex", reserve.LiquidityIndex)
                ?? Differs(recorded, "liquidityRate", reserve.LiquidityRate)
                ?? Differs(recorded, "borrowIndex", reserve.DebtIndex)
                ?? Differs(recorded, "borrowRate", reserve.DebtRate)
                ?? Differs(recorded, "lastUpdate", reserve.LastUpdate)
                ?? Differs(recorded, "accruedToTreasury", reserve.AccruedToTreasury)
                ?? Differs(recorded, "virtualBalance", reserve.VirtualBalance)
                ?? Differs(recorded, "deficit", reserve.Deficit)
                ?? Differs(recorded, "scaledSupply", reserve.ScaledSupply)
                ?? Differs(recorded, "scaledDebt", reserve.ScaledDebt);
            if (difference is not null) return difference;
        }

        foreach (var recorded in state.GetProperty("users").EnumerateObject())
        {
            if (CompareUser(recorded) is { } difference) return difference;
        }

        return null;
    }

    private string? CompareUser(JsonProperty recorded)
    {
        var user = User(recorded.Name);
        var account = _pool.Account(user);
        var data = recorded.Value.GetProperty("account");
        foreach (var (name, actual) in new (string, UInt256)[]
        {
            ("coll", account.Collateral), ("debt", account.Debt), ("avail", account.AvailableBorrows),
            ("lt", account.AverageThreshold), ("ltv", account.AverageLtv), ("hf", account.HealthFactor),
        })
        {
            if (data.GetProperty(name).GetString() != actual.ToString(
                )) return $"{recorded.Name}.{name} is {actual}, expected {data.GetProperty(name)}";
        }

        if (recorded.Value.GetProperty("emode").GetString() != _pool.UserAt(user).EMode.ToString(
            System.Globalization.CultureInfo.InvariantCulture))
        {
            return $"{recorded.Name} is in e-mode {_pool.UserAt(user).EMode}";
        }

        foreach (var (symbol, reserve) in _reserves)
        {
            var position = _pool.PositionAt(user, reserve);
            var supply = position.ScaledSupply == 0
                ? "" : $"{position.ScaledSupply},{_pool.SupplyOf(user, reserve)},{(_pool.UserAt(user).Uses(reserve) ? 1 : 0)}";
            var debt = position.ScaledDebt == 0 ? "" : $"{position.ScaledDebt},{_pool.DebtOf(user, reserve)}";
            var difference = DiffersIn(recorded.Value.GetProperty("collateral"), symbol, supply)
                ?? DiffersIn(recorded.Value.GetProperty("debts"), symbol, debt);
            if (difference is not null) return $"{recorded.Name}: {difference}";
        }

        return null;
    }

    private uint User(string name)
    {
        if (!_users.TryGetValue(name, out var user)) _users[name] = user = (uint)_users.Count;
        return user;
    }

    private static ReserveParameters Parameters(JsonElement reserve) => new()
    {
        Decimals = reserve.GetProperty("decimals").GetByte(),
        LoanToValue = reserve.GetProperty("ltv").GetUInt32(),
        LiquidationThreshold = reserve.GetProperty("lt").GetUInt32(),
        LiquidationBonus = reserve.GetProperty("lb").GetUInt32(),
        ReserveFactor = reserve.GetProperty("reserveFactor").GetUInt32(),
        LiquidationProtocolFee = reserve.GetProperty("liqProtocolFee").GetUInt32(),
        BorrowCap = reserve.GetProperty("borrowCap").GetUInt64(),
        SupplyCap = reserve.GetProperty("supplyCap").GetUInt64(),
        BorrowingEnabled = true,
        Curve = new InterestRateCurve(
            reserve.GetProperty("rate")[0].GetUInt32(), reserve.GetProperty("rate")[1].GetUInt32(),
            reserve.GetProperty("rate")[2].GetUInt32(), reserve.GetProperty("rate")[3].GetUInt32()),
    };

    private static UInt256 Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value.GetUInt64()
        : value.GetString() == "max" ? UInt256.MaxValue
        : UInt256.Parse(value.GetString()!);

    private static string? Differs(JsonProperty recorded, string name, UInt128 actual) =>
        recorded.Value.GetProperty(name).GetString() == actual.ToString(System.Globalization.CultureInfo.InvariantCulture)
            ? null
            : $"{recorded.Name}.{name} is {actual}, expected {recorded.Value.GetProperty(name)}";

    private static string? DiffersIn(JsonElement holdings, string symbol, string actual)
    {
        var expected = holdings.TryGetProperty(symbol, out var holding)
            ? string.Join(',', holding.EnumerateArray().Select(part => part.ToString())) : "";
        return expected == actual ? null : $"{symbol} is [{actual}], expected [{expected}]";
    }
}
