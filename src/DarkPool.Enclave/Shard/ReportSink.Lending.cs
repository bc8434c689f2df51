using DarkPool.Engine.Lending;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Reports;
using Wire = DarkPool.Protocol.Lending;

namespace DarkPool.Enclave.Shard;

/// <summary>
/// Reports about loans. What a command did is its one direct answer; what another account's command did to a position goes to the newest
/// session of its owner.
/// </summary>
internal readonly partial struct ReportSink : ILendingSink
{
    public void PoolChanged(uint account, in PoolChange change, bool byOther)
    {
        if ((byOther ? desk.NewestOf(account) : desk.Answering) is not { } session) return;
        var report = new Wire.PoolChanged(
            change.Pool, change.Asset, (CommandType)change.Operation, byOther, change.Amount, change.Supply, change.Debt, change.Available);
        report.Write(desk.Add(session, ReportType.PoolChanged, Wire.PoolChanged.Size, byOther ? 0 : desk.Sequence));
    }

    public void PoolPosition(uint account, in PoolStanding standing)
    {
        if (desk.Answering is not { } session) return;
        var report = new Wire.PoolPosition(
            standing.Pool,
            standing.EMode,
            standing.IsHypothetical,
            standing.HasStalePrice,
            (RejectionCode)standing.Refusal,
            standing.MaxLoanToValue,
            standing.LiquidationThreshold,
            standing.Holdings,
            standing.Collateral,
            standing.Debt,
            standing.LoanToValue,
            standing.HealthFactor,
            standing.AvailableBorrows);
        report.Write(desk.Add(session, ReportType.PoolPosition, Wire.PoolPosition.Size, 0));
    }

    public void PoolHolding(uint account, in PoolHolding holding)
    {
        if (desk.Answering is not { } session) return;
        var report = new Wire.PoolHolding(
            holding.Pool,
            holding.Asset,
            holding.IsCollateral,
            holding.Supply,
            holding.Debt,
            holding.Price,
            holding.LiquidationPrice,
            holding.MaxWithdrawal,
            holding.BorrowCapacity);
        report.Write(desk.Add(session, ReportType.PoolHolding, Wire.PoolHolding.Size, 0));
    }

    public void IsolatedChanged(uint account, in IsolatedChange change, bool byOther)
    {
        if ((byOther ? desk.NewestOf(account) : desk.Answering) is not { } session) return;
        var report = new Wire.IsolatedChanged(
            change.Market, (CommandType)change.Operation, byOther, change.Assets, change.Shares, change.Available);
        report.Write(desk.Add(session, ReportType.IsolatedChanged, Wire.IsolatedChanged.Size, byOther ? 0 : desk.Sequence));
    }

    public void IsolatedPosition(uint account, in IsolatedStanding standing)
    {
        if (desk.Answering is not { } session) return;
        var report = new Wire.IsolatedPosition(
            standing.Market,
            (RejectionCode)standing.Refusal,
            standing.IsHypothetical,
            standing.HasStalePrice,
            standing.SupplyAssets,
            standing.SupplyShares,
            standing.BorrowAssets,
            standing.BorrowShares,
            standing.Collateral,
            standing.LoanToValue,
            standing.HealthFactor,
            standing.MaxBorrowableAssets,
            standing.WithdrawableCollateral,
            standing.MaxWithdrawal,
            Wide(standing.Price),
            Wide(standing.LiquidationPrice));
        report.Write(desk.Add(session, ReportType.IsolatedPosition, Wire.IsolatedPosition.Size, 0));
    }

    public void CollateralSold(uint account, in CollateralSold sale)
    {
        if (desk.NewestOf(account) is not { } session) return;
        var (record, salt) = (sale.Record, new byte[Engine.Digest.Size]);
        sale.Salt.CopyTo(salt);
        var report = new Wire.CollateralSold(
            sale.Sale,
            sale.Pool,
            record.Market,
            sale.Collateral,
            sale.Debt,
            (byte)record.Reason,
            record.Ticks,
            record.Seized,
            record.Repaid,
            record.Excess,
            record.Fee,
            record.WrittenOff,
            record.Penalty,
            sale.HealthFactor,
            new Protocol.Identity.Bytes32(salt));
        var type = sale.Kind == LoanKind.Pool ? ReportType.CollateralSold : ReportType.IsolatedCollateralSold;
        report.Write(desk.Add(session, type, Wire.CollateralSold.Size, 0));
    }

    public void CollateralBought(uint account, in CollateralBought purchase)
    {
        if (desk.NewestOf(account) is not { } session) return;
        var report = new Wire.CollateralBought(
            purchase.Pool,
            purchase.Market,
            purchase.Bid,
            purchase.Collateral,
            purchase.Debt,
            purchase.Bought,
            purchase.Paid,
            purchase.Ticks,
            purchase.LotsLeft);
        var type = purchase.Kind == LoanKind.Pool ? ReportType.CollateralBought : ReportType.IsolatedCollateralBought;
        report.Write(desk.Add(session, type, Wire.CollateralBought.Size, 0));
    }

    private static Wire.UInt256 Wide(Engine.Arithmetic.UInt256 value) => new(value.High, value.Low);
}
