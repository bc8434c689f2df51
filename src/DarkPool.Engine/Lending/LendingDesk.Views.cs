using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending.Aave;

namespace DarkPool.Engine.Lending;

/// <content>What an account is told of its own position, with interest to the block's time; as it is, or as it would be.</content>
internal sealed partial class LendingDesk
{
    /// <summary>What an operation did to one of the accounts it concerns.</summary>
    public PoolChange ChangeOf(uint account, uint user, in PoolCommand command, in PoolStep step)
    {
        var asset = command.Operation == LendingOperation.PoolSetEMode ? 0 : step.Pool.Reserves[step.Reserve].Asset;
        var cell = state.Ledger.Find(account, step.Pool.Reserves[step.Reserve].Asset);
        return new PoolChange
        {
            Operation = command.Operation,
            Pool = step.Pool.Terms.Number,
            Asset = asset,
            Amount = step.AmountOf(command),
            Supply = Saturated(step.Pool.Pool.SupplyOf(user, step.Reserve)),
            Debt = Saturated(step.Pool.Pool.DebtOf(user, step.Reserve)),
            Available = cell == 0 ? 0 : state.Ledger[cell].Available,
        };
    }

    /// <summary>Tells a position as it is.</summary>
    public static RejectionCode Describe<TSink>(uint account, ListedPool pool, ref TSink sink)
        where TSink : struct, ILendingSink
    {
        try
        {
            Describe(account, pool, pool.Members.FindOrNext(account), isHypothetical: false, RejectionCode.None, -1, ref sink);
            return RejectionCode.None;
        }
        catch (OverflowException)
        {
            return RejectionCode.ArithmeticOverflow;
        }
    }

    /// <summary>Tells a position as it would be after an operation, at another price of the asset if one is given.</summary>
    public RejectionCode Describe<TSink>(uint account, in PoolCommand command, UInt128 price, ref TSink sink)
        where TSink : struct, ILendingSink
    {
        var pool = FindPool(command.Pool)!;
        var reserve = pool.ReserveOf(command.Asset);
        if (price != 0 && reserve < 0) return RejectionCode.AssetNotListed;
        var priceBefore = price != 0 ? pool.Pool.ReserveAt(reserve).Price : 0;
        if (price != 0) pool.Pool.SetPrice(reserve, price);
        try
        {
            return DescribeTrial(account, pool, command, ref sink);
        }
        catch (OverflowException)
        {
            return RejectionCode.ArithmeticOverflow;
        }
        finally
        {
            if (price != 0) pool.Pool.SetPrice(reserve, priceBefore);
        }
    }

    private RejectionCode DescribeTrial<TSink>(uint account, ListedPool pool, in PoolCommand command, ref TSink sink)
        where TSink : struct, ILendingSink
    {
        var user = pool.Members.FindOrNext(account);
        var named = pool.ReserveOf(command.Asset);
        var code = RejectionCode.None;
        pool.Pool.BeginTrial();
        try
        {
            if (command.Operation != LendingOperation.None) code = TryUnpaid(pool, account, command);
            Describe(account, pool, user, isHypothetical: true, code, named, ref sink);
            return RejectionCode.None;
        }
        finally
        {
            pool.Pool.EndTrial(keep: false);
        }
    }

    // What is refused for lack of money leaves the pool as it was, too.
    private RejectionCode TryUnpaid(ListedPool pool, uint account, in PoolCommand command)
    {
        var code = Prepare(pool, account, command, out var step);
        if (code != RejectionCode.None) return code;
        pool.Pool.BeginTrial();
        code = Try(step, command);
        if (code == RejectionCode.None) code = JudgeFunds(account, ref step);
        pool.Pool.EndTrial(keep: code == RejectionCode.None);
        return code;
    }

    private static void Describe<TSink>(
        uint account, ListedPool pool, uint user, bool isHypothetical, RejectionCode refusal, int named, ref TSink sink)
        where TSink : struct, ILendingSink
    {
        var data = pool.Pool.Account(user);
        var shown = Shown(pool, user, named);
        sink.PoolPosition(account, new PoolStanding
        {
            Pool = pool.Terms.Number,
            EMode = pool.Pool.UserAt(user).EMode,
            IsHypothetical = isHypothetical,
            Refusal = refusal,
            HasStalePrice = !pool.CanJudge(user),
            Collateral = Saturated(data.Collateral),
            Debt = Saturated(data.Debt),
            LoanToValue = LoanToValue(data),
            MaxLoanToValue = (uint)(ulong)data.AverageLtv,
            LiquidationThreshold = (uint)(ulong)data.AverageThreshold,
            HealthFactor = Saturated(data.HealthFactor),
            AvailableBorrows = Saturated(data.AvailableBorrows),
            Holdings = (uint)UInt128.PopCount(shown),
        });
        for (; shown != 0; shown &= shown - 1) Describe(account, pool, user, (int)UInt128.TrailingZeroCount(shown), ref sink);
    }

    private static void Describe<TSink>(uint account, ListedPool listed, uint user, int reserve, ref TSink sink)
        where TSink : struct, ILendingSink
    {
        var pool = listed.Pool;
        sink.PoolHolding(account, new PoolHolding
        {
            Pool = listed.Terms.Number,
            Asset = listed.Reserves[reserve].Asset,
            IsCollateral = pool.UserAt(user).Uses(reserve),
            Supply = Saturated(pool.SupplyOf(user, reserve)),
            Debt = Saturated(pool.DebtOf(user, reserve)),
            Price = pool.ReserveAt(reserve).Price,
            LiquidationPrice = PoolLimits.LiquidationPrice(pool, user, reserve),
            MaxWithdrawal = PoolLimits.MaxWithdrawal(listed, user, reserve),
            BorrowCapacity = PoolLimits.BorrowCapacity(listed, user, reserve),
        });
    }

    // Reserves in which the user has or owes something, those that could be borrowed, and the one that was asked about.
    private static UInt128 Shown(ListedPool pool, uint user, int named)
    {
        var flags = pool.Pool.UserAt(user);
        var shown = flags.Collateral | flags.Borrowing;
        for (var reserve = 0; reserve < pool.Reserves.Length; reserve++)
        {
            var isBorrowable = flags.Collateral != 0 && pool.Pool.ReserveAt(reserve).Parameters.BorrowingEnabled;
            var isUsed = pool.Pool.PositionAt(user, reserve).ScaledSupply != 0 || reserve == named;
            if (isUsed || isBorrowable) shown |= UInt128.One << reserve;
        }

        return shown;
    }

    private static UInt128 LoanToValue(in AccountData data)
    {
        if (data.Debt.IsZero) return 0;
        return data.Collateral.IsZero
            ? UInt128.MaxValue
            : Saturated(WideMath.MultiplyDivide(data.Debt, WadRay.HundredPercent, data.Collateral, Rounding.Ceiling));
    }
}
