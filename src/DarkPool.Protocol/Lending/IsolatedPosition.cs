using DarkPool.Protocol.Reports;

namespace DarkPool.Protocol.Lending;

/// <summary>
/// A position in an isolated market, with interest to the time of the block; as it is, or as it would be. Amounts in base units; a
/// number that does not fit is told as the greatest.
/// </summary>
/// <param name="Market">Number of the isolated market.</param>
/// <param name="Refusal">Why the change asked about would be refused; the position is then as it is.</param>
/// <param name="IsHypothetical">It answers a what-if.</param>
/// <param name="HasStalePrice">A feed behind it is stale, frozen or out of bounds.</param>
/// <param name="SupplyAssets">Supply of the loan asset.</param>
/// <param name="SupplyShares">Its shares.</param>
/// <param name="BorrowAssets">Debt.</param>
/// <param name="BorrowShares">Its shares.</param>
/// <param name="Collateral">Collateral.</param>
/// <param name="LoanToValue">Debt over the value of the collateral, wad, rounded up.</param>
/// <param name="HealthFactor">Wad; below 1e18 it may be liquidated; the greatest number without debt.</param>
/// <param name="MaxBorrowableAssets">Most that could be borrowed now.</param>
/// <param name="WithdrawableCollateral">Most collateral that could be taken now.</param>
/// <param name="MaxWithdrawal">Most supply that could be taken now.</param>
/// <param name="Price">Loan base units per collateral base unit, scaled by 1e36.</param>
/// <param name="LiquidationPrice">Lowest such price at which it is not liquidatable; 0 without debt.</param>
public readonly record struct IsolatedPosition(
    uint Market, RejectionCode Refusal, bool IsHypothetical, bool HasStalePrice, UInt128 SupplyAssets, UInt128 SupplyShares,
    UInt128 BorrowAssets, UInt128 BorrowShares, UInt128 Collateral, UInt128 LoanToValue, UInt128 HealthFactor,
    UInt128 MaxBorrowableAssets, UInt128 WithdrawableCollateral, UInt128 MaxWithdrawal, UInt256 Price, UInt256 LiquidationPrice)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 232;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="report">The report.</param>
    /// <returns>False if the length, a flag or a reserved byte is wrong.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out IsolatedPosition report)
    {
        report = default;
        if (body.Length != Size) return false;
        var reader = new BodyReader(body);
        var market = reader.UInt32();
        var refusal = (RejectionCode)reader.UInt16();
        var isHypothetical = reader.Flag();
        var hasStalePrice = reader.Flag();
        var supplyAssets = reader.UInt128();
        var supplyShares = reader.UInt128();
        var borrowAssets = reader.UInt128();
        var borrowShares = reader.UInt128();
        var collateral = reader.UInt128();
        var loanToValue = reader.UInt128();
        var healthFactor = reader.UInt128();
        var maxBorrowableAssets = reader.UInt128();
        var withdrawableCollateral = reader.UInt128();
        var maxWithdrawal = reader.UInt128();
        var price = reader.UInt256();
        var liquidationPrice = reader.UInt256();
        report = new IsolatedPosition(
            market, refusal, isHypothetical, hasStalePrice, supplyAssets, supplyShares, borrowAssets, borrowShares, collateral,
            loanToValue, healthFactor, maxBorrowableAssets, withdrawableCollateral, maxWithdrawal, price, liquidationPrice);
        return reader.IsSound;
    }

    /// <summary>Writes the body.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        var writer = new BodyWriter(destination);
        writer.UInt32(Market);
        writer.UInt16((ushort)Refusal);
        writer.Flag(IsHypothetical);
        writer.Flag(HasStalePrice);
        writer.UInt128(SupplyAssets);
        writer.UInt128(SupplyShares);
        writer.UInt128(BorrowAssets);
        writer.UInt128(BorrowShares);
        writer.UInt128(Collateral);
        writer.UInt128(LoanToValue);
        writer.UInt128(HealthFactor);
        writer.UInt128(MaxBorrowableAssets);
        writer.UInt128(WithdrawableCollateral);
        writer.UInt128(MaxWithdrawal);
        writer.UInt256(Price);
        writer.UInt256(LiquidationPrice);
    }

    /// <summary>A constant: a report must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(IsolatedPosition);
}
