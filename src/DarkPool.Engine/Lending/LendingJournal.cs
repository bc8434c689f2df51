using System.Buffers.Binary;
using DarkPool.Engine.Journals;
using DarkPool.Engine.Lending.Liquidation;

namespace DarkPool.Engine.Lending;

/// <summary>
/// What lending writes into the journal, so that equal state roots mean equal loans: each operation with what the users it touched came
/// to, and at the end of a block what each reserve that moved came to.
/// </summary>
internal static class LendingJournal
{
    private const int UserSize = 16 + 16 + 8 + 16 + 16;
    private const int ReserveSize = (10 * 16) + 8;
    private const int HoldingSize = 8 + (3 * 16);
    private const int MarketSize = 8 * 16;

    /// <summary>A pool operation that was done.</summary>
    public static void WriteOperation(Journal journal, uint account, in PoolCommand command, in PoolStep step)
    {
        Span<byte> users = stackalloc byte[2 * UserSize];
        WriteUser(users, step.Pool, step.User, step.Reserve);
        if (step.Other == step.User) users = users[..UserSize];
        else WriteUser(users[UserSize..], step.Pool, step.Other, step.Reserve);
        var moved = step.PaidIn | step.PaidOut;
        journal.Write(
            JournalKind.PoolOperation,
            command.Pool,
            account,
            ((ulong)command.Operation << 48) | ((ulong)(ushort)command.Argument << 32) | command.Asset,
            (ulong)moved,
            (ulong)(moved >> 64),
            users);
    }

    /// <summary>What a reserve has come to.</summary>
    public static void WriteReserve(Journal journal, ListedPool pool, int index)
    {
        ref readonly var reserve = ref pool.Pool.ReserveAt(index);
        Span<byte> bytes = stackalloc byte[ReserveSize];
        ReadOnlySpan<UInt128> numbers =
        [
            reserve.Price, reserve.LiquidityIndex, reserve.DebtIndex, reserve.LiquidityRate, reserve.DebtRate,
            reserve.AccruedToTreasury, reserve.VirtualBalance, reserve.Deficit, reserve.ScaledSupply, reserve.ScaledDebt,
        ];
        for (var at = 0; at < numbers.Length; at++) BinaryPrimitives.WriteUInt128LittleEndian(bytes[(at * 16)..], numbers[at]);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[(numbers.Length * 16)..], reserve.LastUpdate);
        var isPriced = pool.Reserves[index].IsPriced ? 1UL : 0;
        journal.Write(JournalKind.ReserveMoved, pool.Terms.Number, 0, (ulong)index, isPriced, 0, bytes);
    }

    /// <summary>An operation on an isolated market that was done.</summary>
    public static void WriteOperation(Journal journal, uint account, in IsolatedCommand command, in IsolatedStep step)
    {
        Span<byte> bytes = stackalloc byte[HoldingSize];
        WriteHolding(bytes, step.Listed, step.User);
        journal.Write(
            JournalKind.IsolatedOperation,
            command.Market,
            account,
            (ulong)command.Operation,
            (ulong)step.Assets,
            (ulong)(step.Assets >> 64),
            bytes);
    }

    /// <summary>What an isolated market has come to.</summary>
    public static void WriteMarket(Journal journal, ListedIsolatedMarket listed)
    {
        var totals = listed.Market.State;
        Span<byte> bytes = stackalloc byte[MarketSize];
        ReadOnlySpan<UInt128> numbers =
        [
            totals.SupplyAssets, totals.SupplyShares, totals.BorrowAssets, totals.BorrowShares, totals.Fee, totals.RateAtTarget,
            listed.Market.Price.Low, listed.Market.Price.High,
        ];
        for (var at = 0; at < numbers.Length; at++) BinaryPrimitives.WriteUInt128LittleEndian(bytes[(at * 16)..], numbers[at]);
        var isPriced = listed.IsPriced ? 1UL : 0;
        journal.Write(JournalKind.IsolatedMoved, listed.Terms.Number, 0, isPriced, totals.LastUpdate, 0, bytes);
    }

    /// <summary>What was sold of a borrower, and what that user came to.</summary>
    public static void WriteSale(Journal journal, ulong number, ILoanPlace place, LiquidationTerms terms, in LiquidationRecord sale)
    {
        Span<byte> bytes = stackalloc byte[(5 * 16) + (2 * UserSize)];
        ReadOnlySpan<UInt128> numbers = [sale.Seized, sale.Repaid, sale.Excess, sale.Fee, sale.WrittenOff];
        for (var at = 0; at < numbers.Length; at++) BinaryPrimitives.WriteUInt128LittleEndian(bytes[(at * 16)..], numbers[at]);
        var user = bytes[(numbers.Length * 16)..];
        if (place is ListedPool pool)
        {
            WriteUser(user, pool, sale.Borrower, terms.Collateral);
            WriteUser(user[UserSize..], pool, sale.Borrower, terms.Debt);
        }
        else
        {
            WriteHolding(user, (ListedIsolatedMarket)place, sale.Borrower);
            bytes = bytes[..((numbers.Length * 16) + HoldingSize)];
        }

        var kind = place.Kind == LoanKind.Pool ? JournalKind.CollateralSold : JournalKind.IsolatedCollateralSold;
        var market = ((ulong)sale.Reason << 32) | terms.Number;
        journal.Write(kind, place.Number, place.AccountOf(sale.Borrower), number, market, (ulong)sale.Ticks, bytes);
    }

    /// <summary>What a bid or a backstop bought.</summary>
    public static void WritePurchase(Journal journal, uint account, in CollateralBought purchase)
    {
        Span<byte> bytes = stackalloc byte[2 * 16];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, purchase.Bought);
        BinaryPrimitives.WriteUInt128LittleEndian(bytes[16..], purchase.Paid);
        var kind = purchase.Kind == LoanKind.Pool ? JournalKind.CollateralBought : JournalKind.IsolatedCollateralBought;
        journal.Write(kind, purchase.Pool, account, purchase.Market, purchase.Bid, (ulong)purchase.Ticks, bytes);
    }

    private static void WriteHolding(Span<byte> bytes, ListedIsolatedMarket listed, uint user)
    {
        var holding = listed.Market.HoldingOf(user);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, user);
        BinaryPrimitives.WriteUInt128LittleEndian(bytes[8..], holding.SupplyShares);
        BinaryPrimitives.WriteUInt128LittleEndian(bytes[24..], holding.BorrowShares);
        BinaryPrimitives.WriteUInt128LittleEndian(bytes[40..], holding.Collateral);
    }

    private static void WriteUser(Span<byte> bytes, ListedPool pool, uint user, int reserve)
    {
        var flags = pool.Pool.UserAt(user);
        var position = pool.Pool.PositionAt(user, reserve);
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, flags.Collateral);
        BinaryPrimitives.WriteUInt128LittleEndian(bytes[16..], flags.Borrowing);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[32..], ((ulong)user << 8) | flags.EMode);
        BinaryPrimitives.WriteUInt128LittleEndian(bytes[40..], position.ScaledSupply);
        BinaryPrimitives.WriteUInt128LittleEndian(bytes[56..], position.ScaledDebt);
    }
}
