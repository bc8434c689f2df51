using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending.Aave;

namespace DarkPool.Engine.Lending;

/// <content>
/// Pool operations joined to the ledger. The pool judges first; what its virtual balance then moved by is what moves between the
/// account's available money and the pool's, so the two are one number. Hot: nothing here allocates.
/// </content>
internal sealed partial class LendingDesk
{
    /// <summary>Does what a command says, or nothing.</summary>
    /// <param name="account">Who commands.</param>
    /// <param name="command">What.</param>
    /// <param name="done">What moved, if it was done.</param>
    public RejectionCode Execute(uint account, in PoolCommand command, out PoolStep done)
    {
        done = default;
        if (FindPool(command.Pool) is not { } pool) return RejectionCode.UnknownPool;
        var code = Prepare(pool, account, command, out var step);
        if (code != RejectionCode.None) return code;
        pool.Pool.BeginTrial();
        code = Try(step, command);
        if (code == RejectionCode.None) code = JudgeFunds(account, ref step);
        pool.Pool.EndTrial(keep: code == RejectionCode.None);
        if (code != RejectionCode.None) return code;
        Admit(step, account, command);
        Pay(account, step);
        Record(account, command, step);
        done = step;
        return RejectionCode.None;
    }

    /// <summary>The rejection code of a pool's error: the same name.</summary>
    internal static RejectionCode CodeOf(PoolError error) =>
        error == PoolError.None ? RejectionCode.None : (RejectionCode)((ushort)RejectionCode.InvalidAmount - 1 + (ushort)error);

    private static RejectionCode Prepare(ListedPool pool, uint account, in PoolCommand command, out PoolStep step)
    {
        step = default;
        var reserve = command.Operation == LendingOperation.PoolSetEMode && pool.Reserves.Length != 0 ? 0 : pool.ReserveOf(command.Asset);
        if (reserve < 0) return RejectionCode.AssetNotListed;
        var user = pool.Members.FindOrNext(account);
        var other = user;
        if (command.Other is { } counterpart && counterpart != account)
        {
            other = pool.Members.FindOrNext(counterpart, user == pool.Members.Count ? 1u : 0);
        }

        // Who supplies for another takes no part itself.
        if (command.Operation == LendingOperation.PoolSupply) user = other = pool.Members.FindOrNext(command.Other ?? account);
        step = new PoolStep { Pool = pool, Reserve = reserve, User = user, Other = other };
        step.HeldBefore = pool.Pool.ReserveAt(reserve).VirtualBalance;
        step.Measured = Measure(step, command.Operation);
        return NeedsPrices(step, command) && !pool.CanJudge(user, reserve) ? RejectionCode.PriceUnavailable : RejectionCode.None;
    }

    // What can only be done to a position that stays healthy waits until its health can be judged.
    private static bool NeedsPrices(in PoolStep step, in PoolCommand command)
    {
        var flags = step.Pool.Pool.UserAt(step.User);
        return command.Operation switch
        {
            LendingOperation.PoolBorrow => true,
            LendingOperation.PoolSetEMode => flags.IsBorrowing,
            LendingOperation.PoolUseAsCollateral => flags.IsBorrowing && command.Argument == 0,
            LendingOperation.PoolWithdraw or LendingOperation.PoolTransfer or LendingOperation.PoolRepayWithSupply =>
                flags.IsBorrowing && flags.Uses(step.Reserve),
            _ => false,
        };
    }

    private static RejectionCode Try(in PoolStep step, in PoolCommand command)
    {
        var (pool, reserve) = (step.Pool.Pool, step.Reserve);
        var amount = Amount(command.Amount);
        return command.Operation switch
        {
            LendingOperation.PoolSupply => CodeOf(pool.Supply(step.Other, reserve, command.Amount)),
            LendingOperation.PoolWithdraw => CodeOf(pool.Withdraw(step.User, reserve, amount)),
            LendingOperation.PoolBorrow => CodeOf(pool.Borrow(step.User, reserve, command.Amount)),
            LendingOperation.PoolRepay => CodeOf(pool.Repay(step.User, step.Other, reserve, amount)),
            LendingOperation.PoolRepayWithSupply => CodeOf(pool.RepayWithSupply(step.User, reserve, amount)),
            LendingOperation.PoolTransfer => CodeOf(pool.Transfer(step.User, step.Other, reserve, command.Amount)),
            LendingOperation.PoolUseAsCollateral when command.Argument <= 1 =>
                CodeOf(pool.UseAsCollateral(step.User, reserve, command.Argument == 1)),
            LendingOperation.PoolSetEMode when command.Argument <= byte.MaxValue =>
                CodeOf(pool.SetEMode(step.User, (byte)command.Argument)),
            LendingOperation.PoolSetEMode => RejectionCode.InconsistentEModeCategory,
            LendingOperation.PoolCoverDeficit when pool.UserAt(step.User).IsBorrowing =>
                RejectionCode.HealthFactorLowerThanLiquidationThreshold,
            LendingOperation.PoolCoverDeficit => CodeOf(pool.CoverDeficit(step.User, reserve, command.Amount)),
            LendingOperation.PoolMintToTreasury => CodeOf(pool.MintToTreasury(reserve)),
            _ => RejectionCode.InvalidLendingOperation,
        };
    }

    private RejectionCode JudgeFunds(uint account, ref PoolStep step)
    {
        var held = step.Pool.Pool.ReserveAt(step.Reserve).VirtualBalance;
        step.PaidIn = held > step.HeldBefore ? held - step.HeldBefore : 0;
        step.PaidOut = held < step.HeldBefore ? step.HeldBefore - held : 0;
        if (step.PaidIn == 0) return RejectionCode.None;
        step.Cell = state.Ledger.Find(account, step.Pool.Reserves[step.Reserve].Asset);
        return step.Cell == 0 || state.Ledger[step.Cell].Available < step.PaidIn ? RejectionCode.InsufficientFunds : RejectionCode.None;
    }

    // Only who now has something there becomes a user; who merely paid for another does not.
    private static void Admit(in PoolStep step, uint account, in PoolCommand command)
    {
        switch (command.Operation)
        {
            case LendingOperation.PoolSupply or LendingOperation.PoolTransfer:
                step.Pool.Members.Admit(command.Other ?? account);
                break;
            case LendingOperation.PoolSetEMode:
                step.Pool.Members.Admit(account);
                break;
        }
    }

    private void Pay(uint account, in PoolStep step)
    {
        ref readonly var listing = ref step.Pool.Reserves[step.Reserve];
        if (step.PaidIn != 0) Move(step.Cell, listing.Cell, step.PaidIn);
        if (step.PaidOut != 0) Move(listing.Cell, state.Ledger.FindOrOpen(account, listing.Asset), step.PaidOut);
    }

    private void Move(uint from, uint to, UInt128 amount)
    {
        state.Ledger.Hold(from, amount);
        state.Ledger.Pay(from, to, amount);
    }

    private void Record(uint account, in PoolCommand command, in PoolStep step)
    {
        Touch(step.Pool, step.Reserve);
        LendingJournal.WriteOperation(state.Journal, account, command, step);
        if (step.User < step.Pool.Members.Count) PoolUserChanged(step.Pool, step.User);
        if (step.Other != step.User) PoolUserChanged(step.Pool, step.Other);
        if (command.Operation == LendingOperation.PoolMintToTreasury) PoolUserChanged(step.Pool, step.Pool.Pool.Treasury);
    }

    private static UInt256 Amount(UInt128 amount) => amount == PoolCommand.All ? UInt256.MaxValue : amount;

    /// <summary>What an operation that moves no money moves instead, as a level: its difference is the amount.</summary>
    internal static UInt128 Measure(in PoolStep step, LendingOperation operation) => operation switch
    {
        LendingOperation.PoolRepayWithSupply => Saturated(step.Pool.Pool.DebtOf(step.User, step.Reserve)),
        LendingOperation.PoolMintToTreasury => Saturated(step.Pool.Pool.SupplyOf(step.Pool.Pool.Treasury, step.Reserve)),
        LendingOperation.PoolCoverDeficit => step.Pool.Pool.ReserveAt(step.Reserve).Deficit,
        _ => 0,
    };

    /// <summary>A number that does not fit is told as the greatest.</summary>
    internal static UInt128 Saturated(UInt256 value) => value.High == 0 ? value.Low : UInt128.MaxValue;
}
