using DarkPool.Engine.Arithmetic;

namespace DarkPool.Engine.Lending.Aave;

/// <content>What governance and oracles set.</content>
public sealed partial class LendingPool
{
    /// <summary>Adds a reserve; its index is the count of those before. All positions move in memory: that takes as long as there are
    /// users.</summary>
    /// <exception cref="InvalidOperationException">The pool is at <see cref="MaxReserves"/>.</exception>
    public int AddReserve(in ReserveParameters parameters)
    {
        if (_reserves.Length == MaxReserves) throw new InvalidOperationException("The pool is at its limit of reserves.");
        var before = _reserves.Length;
        var positions = new PoolPosition[_users.Length * (before + 1)];
        for (var user = 0; user < _users.Length; user++)
        {
            _positions.AsSpan(user * before, before).CopyTo(positions.AsSpan(user * (before + 1)));
        }

        _positions = positions;
        Array.Resize(ref _reserves, before + 1);
        _reserves[before] = NewReserve(parameters, _now);
        return before;
    }

    /// <summary>
    /// Sets all parameters that are not a state of their own: decimals, freeze, pause and grace stay. What was earned so far is shared by
    /// the old reserve factor; the rates follow the new curve at once.
    /// </summary>
    public void Configure(int reserve, in ReserveParameters parameters)
    {
        var changed = _reserves[reserve];
        changed.Accrue(_now);
        ref readonly var before = ref _reserves[reserve].Parameters;
        changed.Parameters = parameters with
        {
            Decimals = before.Decimals,
            Frozen = before.Frozen,
            Paused = before.Paused,
            GraceUntil = before.GraceUntil,
        };
        changed.Rebalance(UInt256.Zero, UInt256.Zero);
        _reserves[reserve] = changed;
    }

    /// <summary>The e-mode of a number; all zero if there is none.</summary>
    public ref readonly EMode EModeAt(byte number) => ref _eModes[number];

    /// <summary>Sets a price: base currency (8 decimals) per token.</summary>
    public void SetPrice(int reserve, UInt128 price) => _reserves[reserve].Price = price;

    /// <summary>Defines an e-mode; numbers from 1.</summary>
    public void DefineEMode(byte number, in EMode eMode)
    {
        ArgumentOutOfRangeException.ThrowIfZero(number);
        _eModes[number] = eMode;
    }

    /// <summary>Sets the cap on supply, whole tokens; 0 for none.</summary>
    public void SetSupplyCap(int reserve, ulong tokens) => _reserves[reserve].Parameters.SupplyCap = tokens;

    /// <summary>Sets the cap on debt, whole tokens; 0 for none.</summary>
    public void SetBorrowCap(int reserve, ulong tokens) => _reserves[reserve].Parameters.BorrowCap = tokens;

    /// <summary>Sets the treasury's share of liquidation bonuses, basis points.</summary>
    public void SetLiquidationProtocolFee(int reserve, uint basisPoints) =>
        _reserves[reserve].Parameters.LiquidationProtocolFee = basisPoints;

    /// <summary>Lets new debt be taken, or not.</summary>
    public void SetBorrowing(int reserve, bool enabled) => _reserves[reserve].Parameters.BorrowingEnabled = enabled;

    /// <summary>Stops a reserve, or starts it with a grace period in which nothing is liquidated.</summary>
    /// <param name="reserve">Index of the reserve.</param>
    /// <param name="paused">Stop it.</param>
    /// <param name="graceSeconds">Length of the grace period, when it starts again.</param>
    public void SetPaused(int reserve, bool paused, ulong graceSeconds = 0)
    {
        if (!paused && graceSeconds != 0) _reserves[reserve].Parameters.GraceUntil = checked(_now + graceSeconds);
        _reserves[reserve].Parameters.Paused = paused;
    }

    /// <summary>
    /// Freezes a reserve: no new supply, no new debt, and its collateral backs none, in no e-mode either. Ending the freeze does not
    /// bring the loan-to-value back: that is a decision of its own (<see cref="SetCollateralFactors"/>, <see cref="DefineEMode"/>).
    /// </summary>
    public void SetFrozen(int reserve, bool frozen)
    {
        if (frozen)
        {
            _reserves[reserve].Parameters.LoanToValue = 0;
            foreach (ref var eMode in _eModes.AsSpan())
            {
                if (eMode.TakesAsCollateral(reserve)) eMode = eMode with { LtvZero = eMode.LtvZero | (UInt128.One << reserve) };
            }
        }

        _reserves[reserve].Parameters.Frozen = frozen;
    }

    /// <summary>Sets a reserve's factors outside e-modes, basis points.</summary>
    public void SetCollateralFactors(int reserve, uint loanToValue, uint liquidationThreshold, uint liquidationBonus)
    {
        ref var parameters = ref _reserves[reserve].Parameters;
        (parameters.LoanToValue, parameters.LiquidationThreshold, parameters.LiquidationBonus) =
            (loanToValue, liquidationThreshold, liquidationBonus);
    }

    /// <summary>Sets the treasury's share of interest, basis points: what was earned so far is shared by the old one.</summary>
    public void SetReserveFactor(int reserve, uint basisPoints)
    {
        ref var changed = ref _reserves[reserve];
        changed.Accrue(_now);
        changed.Parameters.ReserveFactor = basisPoints;
        changed.Rebalance(UInt256.Zero, UInt256.Zero);
    }

    /// <summary>Pays a part of a reserve's deficit with fresh money.</summary>
    /// <param name="payer">Who pays, out of supply in the same reserve.</param>
    /// <param name="reserve">Index of the reserve.</param>
    /// <param name="amount">Base units; what exceeds the deficit is not taken.</param>
    public PoolError CoverDeficit(uint payer, int reserve, UInt256 amount) =>
        Run(static (this_, a) => this_.CoverDeficitChecked(a.User, a.Reserve, a.Amount), new Call(payer, reserve, amount));

    private PoolError CoverDeficitChecked(uint payer, int index, UInt256 amount)
    {
        ref var reserve = ref Accrued(index);
        if (amount.IsZero) return PoolError.InvalidAmount;
        if (reserve.Deficit == 0) return PoolError.ReserveNotInDeficit;
        amount = UInt256.Min(amount, reserve.Deficit);
        var scaled = WadRay.RayDiv(amount, reserve.LiquidityIndex, Rounding.Ceiling);
        if (scaled > PositionAt(payer, index).ScaledSupply) return PoolError.NotEnoughAvailableUserBalance;
        var error = BurnSupply(payer, index, scaled);
        if (error != PoolError.None) return error;
        reserve.Deficit = (UInt128)(reserve.Deficit - amount);
        reserve.Rebalance(UInt256.Zero, UInt256.Zero);
        return PoolError.None;
    }
}
