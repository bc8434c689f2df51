using DarkPool.Protocol.Reports;

namespace DarkPool.Protocol.Lending;

/// <summary>
/// A position in a lending pool as a whole, with interest to the time of the block; as it is, or as it would be. Values in the base
/// currency (USD, 8 decimals); a number that does not fit is told as the greatest.
/// </summary>
/// <param name="Pool">Number of the pool.</param>
/// <param name="EMode">The e-mode; 0 for none.</param>
/// <param name="IsHypothetical">It answers a what-if.</param>
/// <param name="HasStalePrice">A feed behind it is stale, frozen or out of bounds.</param>
/// <param name="Refusal">Why the change asked about would be refused; the position is then as it is.</param>
/// <param name="MaxLoanToValue">Loan to value up to which new debt is given, basis points.</param>
/// <param name="LiquidationThreshold">Loan to value from which it may be liquidated, basis points.</param>
/// <param name="Holdings">How many <see cref="PoolHolding"/> follow.</param>
/// <param name="Collateral">Value of all collateral.</param>
/// <param name="Debt">Value of all debt.</param>
/// <param name="LoanToValue">Debt over collateral, basis points, rounded up.</param>
/// <param name="HealthFactor">Wad; below 1e18 it may be liquidated; the greatest number without debt.</param>
/// <param name="AvailableBorrows">What could still be borrowed.</param>
public readonly record struct PoolPosition(
    uint Pool, byte EMode, bool IsHypothetical, bool HasStalePrice, RejectionCode Refusal, uint MaxLoanToValue,
    uint LiquidationThreshold, uint Holdings, UInt128 Collateral, UInt128 Debt, UInt128 LoanToValue, UInt128 HealthFactor,
    UInt128 AvailableBorrows)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 104;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="report">The report.</param>
    /// <returns>False if the length, a flag or a reserved byte is wrong.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out PoolPosition report)
    {
        report = default;
        if (body.Length != Size) return false;
        var reader = new BodyReader(body);
        var pool = reader.UInt32();
        var eMode = reader.Byte();
        var isHypothetical = reader.Flag();
        var hasStalePrice = reader.Flag();
        reader.Zeros(1);
        var refusal = (RejectionCode)reader.UInt16();
        reader.Zeros(2);
        var maxLoanToValue = reader.UInt32();
        var liquidationThreshold = reader.UInt32();
        var holdings = reader.UInt32();
        var collateral = reader.UInt128();
        var debt = reader.UInt128();
        var loanToValue = reader.UInt128();
        var healthFactor = reader.UInt128();
        var availableBorrows = reader.UInt128();
        report = new PoolPosition(
            pool, eMode, isHypothetical, hasStalePrice, refusal, maxLoanToValue, liquidationThreshold, holdings, collateral, debt,
            loanToValue, healthFactor, availableBorrows);
        return reader.IsSound;
    }

    /// <summary>Writes the body.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        var writer = new BodyWriter(destination);
        writer.UInt32(Pool);
        writer.Byte(EMode);
        writer.Flag(IsHypothetical);
        writer.Flag(HasStalePrice);
        writer.Zeros(1);
        writer.UInt16((ushort)Refusal);
        writer.Zeros(2);
        writer.UInt32(MaxLoanToValue);
        writer.UInt32(LiquidationThreshold);
        writer.UInt32(Holdings);
        writer.UInt128(Collateral);
        writer.UInt128(Debt);
        writer.UInt128(LoanToValue);
        writer.UInt128(HealthFactor);
        writer.UInt128(AvailableBorrows);
    }

    /// <summary>A constant: a report must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(PoolPosition);
}
