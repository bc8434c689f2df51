using DarkPool.Engine.Lending.Morpho;

namespace DarkPool.Engine.Lending;

/// <content>
/// Operations on isolated markets joined to the ledger. The market judges first; what it says moved is what moves between the account's
/// available money and the market's. Hot: nothing here allocates.
/// </content>
internal sealed partial class LendingDesk
{
    private readonly ListedIsolatedMarket?[] _markets = new ListedIsolatedMarket?[LendingLimits.MaxIsolatedMarkets];
    private readonly List<ListedIsolatedMarket> _touchedMarkets = [];

    /// <summary>Isolated markets by ascending number.</summary>
    public IEnumerable<ListedIsolatedMarket> Markets => _markets.OfType<ListedIsolatedMarket>();

    /// <summary>An isolated market, or null.</summary>
    public ListedIsolatedMarket? FindMarket(uint number) => number < _markets.Length ? _markets[number] : null;

    /// <summary>Does what a command says, or nothing.</summary>
    public RejectionCode Execute(uint account, in IsolatedCommand command, out IsolatedStep done)
    {
        done = default;
        if (FindMarket(command.Market) is not { } listed) return RejectionCode.UnknownIsolatedMarket;
        var kept = listed.Market.Keep(listed.Members.FindOrNext(command.Other ?? account));
        var code = Try(listed, account, command, out var step);
        if (code != RejectionCode.None)
        {
            listed.Market.Restore(kept);
            return code;
        }

        listed.Members.Admit(command.Other ?? account);
        Pay(account, step);
        Touch(listed);
        LendingJournal.WriteOperation(state.Journal, account, command, step);
        IsolatedUserChanged(listed, step.User);
        done = step;
        return RejectionCode.None;
    }

    /// <summary>The rejection code of an isolated market's error: the same name.</summary>
    internal static RejectionCode CodeOf(IsolatedError error) =>
        error == IsolatedError.None ? RejectionCode.None : (RejectionCode)((ushort)RejectionCode.InconsistentInput - 1 + (ushort)error);

    // The caller puts the market back if anything is refused, for lack of money too.
    private RejectionCode Try(ListedIsolatedMarket listed, uint account, in IsolatedCommand command, out IsolatedStep step)
    {
        var user = listed.Members.FindOrNext(command.Other ?? account);
        step = new IsolatedStep { Listed = listed, User = user };
        if (NeedsPrice(listed, user, command.Operation) && !listed.IsPriced) return RejectionCode.PriceUnavailable;

        // Who takes, takes from and for itself.
        var isForOther = command.Other is { } other && other != account;
        step.IsPaidIn = command.Operation
            is LendingOperation.IsolatedSupply or LendingOperation.IsolatedSupplyCollateral or LendingOperation.IsolatedRepay;
        if (isForOther && !step.IsPaidIn) return RejectionCode.InvalidLendingOperation;
        step.IsCollateral = command.Operation
            is LendingOperation.IsolatedSupplyCollateral or LendingOperation.IsolatedWithdrawCollateral;
        if (step.IsCollateral && command.Shares != 0) return RejectionCode.InconsistentInput;
        var code = Operate(listed.Market, user, command, out step.Moved);
        if (code != RejectionCode.None || !step.IsPaidIn) return code;
        step.Cell = state.Ledger.Find(account, step.Asset);
        var hasIt = step.Cell != 0 && state.Ledger[step.Cell].Available >= step.Moved.Assets;
        return hasIt ? RejectionCode.None : RejectionCode.InsufficientFunds;
    }

    private static bool NeedsPrice(ListedIsolatedMarket listed, uint user, LendingOperation operation) =>
        operation == LendingOperation.IsolatedBorrow
        || (operation == LendingOperation.IsolatedWithdrawCollateral && listed.Market.HoldingOf(user).BorrowShares != 0);

    private static RejectionCode Operate(IsolatedMarket market, uint user, in IsolatedCommand command, out Moved moved)
    {
        moved = new Moved(command.Assets, default);
        return command.Operation switch
        {
            LendingOperation.IsolatedSupply => CodeOf(market.Supply(user, command.Assets, command.Shares, out moved)),
            LendingOperation.IsolatedWithdraw => CodeOf(market.Withdraw(user, command.Assets, command.Shares, out moved)),
            LendingOperation.IsolatedBorrow => CodeOf(market.Borrow(user, command.Assets, command.Shares, out moved)),
            LendingOperation.IsolatedRepay => CodeOf(market.Repay(user, command.Assets, command.Shares, out moved)),
            LendingOperation.IsolatedSupplyCollateral => CodeOf(market.SupplyCollateral(user, command.Assets)),
            LendingOperation.IsolatedWithdrawCollateral => CodeOf(market.WithdrawCollateral(user, command.Assets)),
            _ => RejectionCode.InvalidLendingOperation,
        };
    }

    private void Pay(uint account, in IsolatedStep step)
    {
        var cell = step.IsCollateral ? step.Listed.CollateralCell : step.Listed.LoanCell;
        if (step.Assets == 0) return;
        if (step.IsPaidIn) Move(step.Cell, cell, step.Assets);
        else Move(cell, state.Ledger.FindOrOpen(account, step.Asset), step.Assets);
    }

    private void Touch(ListedIsolatedMarket listed)
    {
        if (listed.IsTouched) return;
        listed.IsTouched = true;
        _touchedMarkets.Add(listed);
    }

    static partial void IsolatedUserChanged(ListedIsolatedMarket listed, uint user);
}
