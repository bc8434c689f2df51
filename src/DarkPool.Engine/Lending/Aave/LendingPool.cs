using DarkPool.Engine.Arithmetic;

namespace DarkPool.Engine.Lending.Aave;

/// <summary>
/// A pool of reserves with the semantics of Aave v3.7 (or v3.6, by its profile), exact to the wei. Every operation either does all of
/// what it says or returns an error and changes nothing. Users and reserves are dense indices. Time is the caller's, in seconds.
/// </summary>
public sealed partial class LendingPool
{
    /// <summary>Most reserves of a pool: the width of a user's bit masks.</summary>
    public const int MaxReserves = 128;

    private const int MaxEModes = 256;

    // One that is asked about, and within it one that finds a limit.
    private const int MostTrials = 2;

    private readonly PoolProfile _profile;
    private readonly UndoLog _undo = new();
    private readonly UndoLog.Mark[] _marks = new UndoLog.Mark[MostTrials];
    private readonly EMode[] _eModes = new EMode[MaxEModes];
    private Reserve[] _reserves;
    private PoolUser[] _users = new PoolUser[16];
    private PoolPosition[] _positions;
    private ulong _now;
    private int _trials;

    /// <summary>Makes a pool without users.</summary>
    /// <param name="profile">The version it follows.</param>
    /// <param name="treasury">The user that receives the protocol's liquidation fees and minted interest.</param>
    /// <param name="reserves">Its reserves' parameters, at most <see cref="MaxReserves"/>.</param>
    /// <param name="now">Second at which it starts.</param>
    public LendingPool(PoolProfile profile, uint treasury, ReadOnlySpan<ReserveParameters> reserves, ulong now)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(reserves.Length, MaxReserves);
        _profile = profile;
        Treasury = treasury;
        _reserves = new Reserve[reserves.Length];
        _positions = new PoolPosition[_users.Length * reserves.Length];
        _now = now;
        for (var i = 0; i < reserves.Length; i++)
        {
            _reserves[i] = NewReserve(reserves[i], now);
        }
    }

    /// <summary>The user that receives the protocol's part.</summary>
    public uint Treasury { get; }

    /// <summary>The present second.</summary>
    public ulong Now => _now;

    /// <summary>Count of reserves.</summary>
    public int ReserveCount => _reserves.Length;

    /// <summary>Moves time forward; it never goes back.</summary>
    /// <param name="now">Seconds.</param>
    public void AdvanceTo(ulong now)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(now, _now);
        _now = now;
    }

    /// <summary>A reserve as it was left by its last operation.</summary>
    public ref readonly Reserve ReserveAt(int reserve) => ref _reserves[reserve];

    /// <summary>A user's flags.</summary>
    public PoolUser UserAt(uint user) => user < _users.Length ? _users[user] : default;

    /// <summary>A user's scaled balances in a reserve.</summary>
    public PoolPosition PositionAt(uint user, int reserve) =>
        user < _users.Length ? _positions[(user * (uint)_reserves.Length) + reserve] : default;

    /// <summary>A user's supply in a reserve with interest to now, base units.</summary>
    public UInt256 SupplyOf(uint user, int reserve) =>
        WadRay.RayMul(PositionAt(user, reserve).ScaledSupply, _reserves[reserve].NormalizedIncome(_now), Rounding.Floor);

    /// <summary>A user's debt in a reserve with interest to now, base units.</summary>
    public UInt256 DebtOf(uint user, int reserve) =>
        WadRay.RayMul(PositionAt(user, reserve).ScaledDebt, _reserves[reserve].NormalizedDebt(_now), Rounding.Ceiling);

    /// <summary>A user's position as a whole, with interest to now.</summary>
    public AccountData Account(uint user)
    {
        var flags = UserAt(user);
        var (collateral, debt, byLtv, byThreshold) = (UInt256.Zero, UInt256.Zero, UInt256.Zero, UInt256.Zero);
        var hasZeroLtv = false;
        for (var used = flags.Collateral | flags.Borrowing; used != 0; used &= used - 1)
        {
            var i = (int)UInt128.TrailingZeroCount(used);
            ref readonly var reserve = ref _reserves[i];
            var factors = FactorsOf(flags.EMode, i);
            if (flags.Uses(i) && factors.Threshold != 0)
            {
                var value = reserve.Value(SupplyOf(user, i), Rounding.Floor);
                collateral += value;
                byThreshold += value * (ulong)factors.Threshold;
                if (factors.Ltv != 0) byLtv += value * (ulong)factors.Ltv;
                else hasZeroLtv = true;
            }

            if (flags.Owes(i)) debt += reserve.Value(DebtOf(user, i), Rounding.Ceiling);
        }

        var health = debt.IsZero ? UInt256.MaxValue : WadRay.WadDiv(byThreshold, debt) / WadRay.HundredPercent;
        return collateral.IsZero
            ? new AccountData(collateral, debt, UInt256.Zero, UInt256.Zero, health, hasZeroLtv)
            : new AccountData(collateral, debt, byLtv / collateral, byThreshold / collateral, health, hasZeroLtv);
    }

    /// <summary>Loan to value, liquidation threshold and bonus of a reserve's collateral in an e-mode, basis points.</summary>
    public (uint Ltv, uint Threshold, uint Bonus) FactorsOf(byte eMode, int reserve)
    {
        ref readonly var category = ref _eModes[eMode];
        if (eMode != 0 && category.TakesAsCollateral(reserve))
        {
            return (category.HasZeroLtv(reserve) ? 0 : category.LoanToValue, category.LiquidationThreshold, category.LiquidationBonus);
        }

        ref readonly var parameters = ref _reserves[reserve].Parameters;
        return (parameters.LoanToValue, parameters.LiquidationThreshold, parameters.LiquidationBonus);
    }

    private static Reserve NewReserve(in ReserveParameters parameters, ulong now) => new()
    {
        Parameters = parameters,
        LiquidityIndex = (UInt128)WadRay.Ray,
        DebtIndex = (UInt128)WadRay.Ray,
        LastUpdate = now,
    };

    private ref PoolUser User(uint user)
    {
        if (user >= _users.Length) Grow(user);
        _undo.Keep(user, _users[user]);
        return ref _users[user];
    }

    private ref PoolPosition Position(uint user, int reserve)
    {
        if (user >= _users.Length) Grow(user);
        var index = (user * (uint)_reserves.Length) + (uint)reserve;
        _undo.Keep(index, _positions[index]);
        return ref _positions[index];
    }

    private ref Reserve Accrued(int reserve)
    {
        _undo.Keep(reserve, _reserves[reserve]);
        _reserves[reserve].Accrue(_now);
        return ref _reserves[reserve];
    }

    private void Grow(uint user)
    {
        var capacity = checked((int)Math.Max(user + 1, (uint)_users.Length * 2));
        Array.Resize(ref _users, capacity);
        Array.Resize(ref _positions, capacity * _reserves.Length);
    }

    private PoolError Finish(PoolError error)
    {
        if (error != PoolError.None) Undo();
        else if (_trials == 0) _undo.Clear();
        return error;
    }
}
