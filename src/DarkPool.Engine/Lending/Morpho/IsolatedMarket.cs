using DarkPool.Engine.Arithmetic;

namespace DarkPool.Engine.Lending.Morpho;

/// <summary>
/// One loan asset against one collateral asset, with the semantics of Morpho Blue v1.0.0 and its adaptive curve, exact to the wei. Where
/// both assets and shares can be given, exactly one is above zero. Every operation does all of what it says or returns an error and
/// changes nothing.
/// </summary>
public sealed partial class IsolatedMarket
{
    private readonly UInt256 _lltv;
    private readonly uint _feeRecipient;
    private IsolatedHolding[] _holdings = new IsolatedHolding[16];
    private IsolatedMarketState _state;
    private ulong _now;

    /// <summary>Makes a market without users.</summary>
    /// <param name="lltv">Loan to value at which positions are liquidated, wad.</param>
    /// <param name="feeRecipient">The user that receives the fee's shares.</param>
    /// <param name="now">Second at which it starts.</param>
    public IsolatedMarket(UInt256 lltv, uint feeRecipient, ulong now)
    {
        _lltv = lltv;
        _feeRecipient = feeRecipient;
        _now = now;
        _state.LastUpdate = now;
        _state.RateAtTarget = (UInt128)AdaptiveCurve.InitialRateAtTarget;
    }

    /// <summary>Loan base units per collateral base unit, scaled by 1e36.</summary>
    public UInt256 Price { get; set; }

    /// <summary>Loan to value at which positions are liquidated, wad.</summary>
    public UInt256 Lltv => _lltv;

    /// <summary>The totals.</summary>
    public IsolatedMarketState State => _state;

    /// <summary>Moves time forward; it never goes back.</summary>
    public void AdvanceTo(ulong now)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(now, _now);
        _now = now;
    }

    /// <summary>A user's part.</summary>
    public IsolatedHolding HoldingOf(uint user) => user < _holdings.Length ? _holdings[user] : default;

    /// <summary>Supplies the loan asset.</summary>
    public IsolatedError Supply(uint user, UInt256 assets, UInt256 shares, out Moved moved)
    {
        moved = default;
        if (assets.IsZero == shares.IsZero) return IsolatedError.InconsistentInput;
        try
        {
            var step = Begin(user);
            moved = Given(assets, shares, step.State.ToSupplyShares(assets, Rounding.Floor),
                step.State.ToSupplyAssets(shares, Rounding.Ceiling));
            if (!Fit(moved, step.State.SupplyAssets, step.State.SupplyShares)) return IsolatedError.ArithmeticOverflow;
            step.State.AddSupply(moved.Assets, moved.Shares);
            step.Holding.SupplyShares = (UInt128)(step.Holding.SupplyShares + moved.Shares);
            return Finish(user, step);
        }
        catch (OverflowException)
        {
            return IsolatedError.ArithmeticOverflow;
        }
    }

    /// <summary>Takes supply back.</summary>
    public IsolatedError Withdraw(uint user, UInt256 assets, UInt256 shares, out Moved moved)
    {
        moved = default;
        if (assets.IsZero == shares.IsZero) return IsolatedError.InconsistentInput;
        try
        {
            var step = Begin(user);
            moved = Given(assets, shares, step.State.ToSupplyShares(assets, Rounding.Ceiling),
                step.State.ToSupplyAssets(shares, Rounding.Floor));
            if (moved.Shares > step.Holding.SupplyShares) return IsolatedError.ArithmeticOverflow;
            step.Holding.SupplyShares = (UInt128)(step.Holding.SupplyShares - moved.Shares);
            step.State.TakeSupply(moved.Assets, moved.Shares);
            return step.State.IsIlliquid ? IsolatedError.InsufficientLiquidity : Finish(user, step);
        }
        catch (OverflowException)
        {
            return IsolatedError.ArithmeticOverflow;
        }
    }

    /// <summary>Borrows against the user's collateral.</summary>
    public IsolatedError Borrow(uint user, UInt256 assets, UInt256 shares, out Moved moved)
    {
        moved = default;
        if (assets.IsZero == shares.IsZero) return IsolatedError.InconsistentInput;
        try
        {
            var step = Begin(user);
            moved = Given(assets, shares, step.State.ToBorrowShares(assets, Rounding.Ceiling),
                step.State.ToBorrowAssets(shares, Rounding.Floor));
            if (!Fit(moved, step.State.BorrowAssets, step.State.BorrowShares)) return IsolatedError.ArithmeticOverflow;
            step.Holding.BorrowShares = (UInt128)(step.Holding.BorrowShares + moved.Shares);
            step.State.AddDebt(moved.Assets, moved.Shares);
            if (!IsHealthy(step)) return IsolatedError.InsufficientCollateral;
            return step.State.IsIlliquid ? IsolatedError.InsufficientLiquidity : Finish(user, step);
        }
        catch (OverflowException)
        {
            return IsolatedError.ArithmeticOverflow;
        }
    }

    /// <summary>Pays a user's debt back, whoever pays.</summary>
    public IsolatedError Repay(uint debtor, UInt256 assets, UInt256 shares, out Moved moved)
    {
        moved = default;
        if (assets.IsZero == shares.IsZero) return IsolatedError.InconsistentInput;
        try
        {
            var step = Begin(debtor);
            moved = Given(assets, shares, step.State.ToBorrowShares(assets, Rounding.Floor),
                step.State.ToBorrowAssets(shares, Rounding.Ceiling));
            if (moved.Shares > step.Holding.BorrowShares) return IsolatedError.ArithmeticOverflow;
            step.Holding.BorrowShares = (UInt128)(step.Holding.BorrowShares - moved.Shares);
            step.State.TakeDebt(moved.Assets, moved.Shares);
            return Finish(debtor, step);
        }
        catch (OverflowException)
        {
            return IsolatedError.ArithmeticOverflow;
        }
    }

    /// <summary>Adds collateral; nothing accrues.</summary>
    public IsolatedError SupplyCollateral(uint user, UInt256 assets)
    {
        if (assets.IsZero) return IsolatedError.ZeroAssets;
        Reserve(user);
        var collateral = _holdings[user].Collateral + assets;
        if (collateral > UInt128.MaxValue) return IsolatedError.ArithmeticOverflow;
        _holdings[user].Collateral = (UInt128)collateral;
        return IsolatedError.None;
    }

    /// <summary>Takes collateral back.</summary>
    public IsolatedError WithdrawCollateral(uint user, UInt256 assets)
    {
        if (assets.IsZero) return IsolatedError.ZeroAssets;
        try
        {
            var step = Begin(user);
            if (assets > step.Holding.Collateral) return IsolatedError.ArithmeticOverflow;
            step.Holding.Collateral = (UInt128)(step.Holding.Collateral - assets);
            return IsHealthy(step) ? Finish(user, step) : IsolatedError.InsufficientCollateral;
        }
        catch (OverflowException)
        {
            return IsolatedError.ArithmeticOverflow;
        }
    }

    /// <summary>Accrues interest to now.</summary>
    public void Accrue() => Finish(_feeRecipient, Begin(_feeRecipient));

    /// <summary>Sets the market's share of interest, wad; what was earned so far is shared by the old one.</summary>
    public IsolatedError SetFee(UInt128 fee)
    {
        if (fee == _state.Fee) return IsolatedError.AlreadySet;
        Accrue();
        _state.Fee = fee;
        return IsolatedError.None;
    }

    private bool IsHealthy(in Step step)
    {
        if (step.Holding.BorrowShares == 0) return true;
        var quoted = WideMath.MultiplyDivide(step.Holding.Collateral, Price, MorphoWad.OraclePriceScale, Rounding.Floor);
        return MorphoWad.Mul(quoted, _lltv) >= step.State.ToBorrowAssets(step.Holding.BorrowShares, Rounding.Ceiling);
    }

    private static Moved Given(UInt256 assets, UInt256 shares, UInt256 sharesOfAssets, UInt256 assetsOfShares) =>
        shares.IsZero ? new Moved(assets, sharesOfAssets) : new Moved(assetsOfShares, shares);

    // An overflow that an account can provoke at will is found by a comparison: an exception costs as much as a thousand operations.
    private static bool Fit(in Moved moved, UInt256 assets, UInt256 shares) =>
        moved.Assets + assets <= UInt128.MaxValue && moved.Shares + shares <= UInt128.MaxValue;

    // An operation works on copies, so that one which is refused or overflows leaves nothing behind.
    private Step Begin(uint user)
    {
        Reserve(Math.Max(user, _feeRecipient));
        var step = new Step { State = _state };
        step.FeeShares = step.State.Accrue(_now);
        step.Holding = _holdings[user];
        return step;
    }

    private IsolatedError Finish(uint user, in Step step)
    {
        _state = step.State;
        _holdings[user] = step.Holding;
        ref var recipient = ref _holdings[_feeRecipient];
        recipient.SupplyShares = (UInt128)(recipient.SupplyShares + step.FeeShares);
        return IsolatedError.None;
    }

    private void Reserve(uint user)
    {
        if (user >= _holdings.Length) Array.Resize(ref _holdings, checked((int)Math.Max(user + 1, (uint)_holdings.Length * 2)));
    }

    private record struct Step
    {
        public IsolatedMarketState State;
        public IsolatedHolding Holding;
        public UInt256 FeeShares;
    }
}
