using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending.Morpho;

namespace DarkPool.Engine.Lending;

/// <content>What an account is told of its own position in an isolated market; as it is, or as it would be.</content>
internal sealed partial class LendingDesk
{
    /// <summary>What an operation moved, as one of the accounts it concerns sees it.</summary>
    public IsolatedChange ChangeOf(uint account, in IsolatedCommand command, in IsolatedStep step)
    {
        var cell = state.Ledger.Find(account, step.Asset);
        return new IsolatedChange
        {
            Operation = command.Operation,
            Market = command.Market,
            Assets = step.Assets,
            Shares = Saturated(step.Moved.Shares),
            Available = cell == 0 ? 0 : state.Ledger[cell].Available,
        };
    }

    /// <summary>Tells a position as it is.</summary>
    public static RejectionCode Describe<TSink>(uint account, ListedIsolatedMarket listed, ref TSink sink)
        where TSink : struct, ILendingSink
    {
        try
        {
            sink.IsolatedPosition(account, StandingOf(listed, listed.Members.FindOrNext(account), false, RejectionCode.None));
            return RejectionCode.None;
        }
        catch (OverflowException)
        {
            return RejectionCode.IsolatedArithmeticOverflow;
        }
    }

    /// <summary>Tells a position as it would be after an operation, at another price if one is given.</summary>
    public RejectionCode Describe<TSink>(uint account, in IsolatedCommand command, UInt256 price, ref TSink sink)
        where TSink : struct, ILendingSink
    {
        var listed = FindMarket(command.Market)!;
        var user = listed.Members.FindOrNext(account);
        var kept = listed.Market.Keep(listed.Members.FindOrNext(command.Other ?? account));
        var priceBefore = listed.Market.Price;
        if (!price.IsZero) listed.Market.Price = price;
        try
        {
            var code = command.Operation == LendingOperation.None ? RejectionCode.None : Try(listed, account, command, out _);
            if (code != RejectionCode.None) listed.Market.Restore(kept);
            sink.IsolatedPosition(account, StandingOf(listed, user, true, code));
            return RejectionCode.None;
        }
        catch (OverflowException)
        {
            return RejectionCode.IsolatedArithmeticOverflow;
        }
        finally
        {
            listed.Market.Restore(kept);
            listed.Market.Price = priceBefore;
        }
    }

    private static IsolatedStanding StandingOf(ListedIsolatedMarket listed, uint user, bool isHypothetical, RejectionCode refusal)
    {
        var market = listed.Market;
        var position = market.PositionOf(user);
        var value = IsolatedLimits.Value(position.Holding.Collateral, market.Price);
        var owed = position.State.ToBorrowAssets(position.Holding.BorrowShares, Rounding.Ceiling);
        return new IsolatedStanding
        {
            Market = listed.Terms.Number,
            IsHypothetical = isHypothetical,
            Refusal = refusal,
            HasStalePrice = !listed.IsPriced,
            SupplyAssets = Saturated(position.State.ToSupplyAssets(position.Holding.SupplyShares, Rounding.Floor)),
            SupplyShares = position.Holding.SupplyShares,
            BorrowAssets = Saturated(owed),
            BorrowShares = position.Holding.BorrowShares,
            Collateral = position.Holding.Collateral,
            LoanToValue = owed.IsZero ? 0 : value.IsZero ? UInt128.MaxValue : Saturated(MorphoWad.Div(owed, value, Rounding.Ceiling)),
            HealthFactor = owed.IsZero
                ? UInt128.MaxValue
                : Saturated(MorphoWad.Div(MorphoWad.Mul(value, listed.Terms.Lltv), owed, Rounding.Floor)),
            MaxBorrowableAssets = IsolatedLimits.MaxBorrowable(listed, user),
            WithdrawableCollateral = IsolatedLimits.WithdrawableCollateral(listed, user),
            MaxWithdrawal = IsolatedLimits.MaxWithdrawal(listed, user),
            Price = market.Price,
            LiquidationPrice = IsolatedLimits.LiquidationPrice(listed, user),
        };
    }
}
