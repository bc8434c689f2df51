namespace DarkPool.Protocol.Lending;

/// <summary>Parameters of a reserve that governance sets together: a part of other bodies.</summary>
/// <param name="LoanToValue">Loan to value outside e-modes, basis points.</param>
/// <param name="LiquidationThreshold">Liquidation threshold outside e-modes, basis points.</param>
/// <param name="LiquidationBonus">Liquidation bonus outside e-modes, basis points; 10,500 is 5 %.</param>
/// <param name="ReserveFactor">The treasury's share of interest, basis points.</param>
/// <param name="LiquidationProtocolFee">The treasury's share of the bonus, basis points.</param>
/// <param name="BorrowingEnabled">Whether new debt is taken.</param>
/// <param name="BorrowCap">Most debt, whole tokens; 0: no cap.</param>
/// <param name="SupplyCap">Most supply, whole tokens; 0: no cap.</param>
/// <param name="OptimalUsage">Utilisation at the kink, basis points.</param>
/// <param name="BaseRate">Rate at no utilisation, basis points a year.</param>
/// <param name="Slope1">What the rate has risen by at the kink, basis points.</param>
/// <param name="Slope2">What it rises by from there to full utilisation, basis points.</param>
public readonly record struct ReserveParameters(
    uint LoanToValue, uint LiquidationThreshold, uint LiquidationBonus, uint ReserveFactor, uint LiquidationProtocolFee,
    bool BorrowingEnabled, ulong BorrowCap, ulong SupplyCap, uint OptimalUsage, uint BaseRate, uint Slope1, uint Slope2)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 56;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="change">The change.</param>
    /// <returns>False if the length, a flag or a reserved byte is wrong.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out ReserveParameters change)
    {
        change = default;
        if (body.Length != Size) return false;
        var reader = new BodyReader(body);
        var loanToValue = reader.UInt32();
        var liquidationThreshold = reader.UInt32();
        var liquidationBonus = reader.UInt32();
        var reserveFactor = reader.UInt32();
        var liquidationProtocolFee = reader.UInt32();
        var borrowingEnabled = reader.Flag();
        reader.Zeros(3);
        var borrowCap = reader.UInt64();
        var supplyCap = reader.UInt64();
        var optimalUsage = reader.UInt32();
        var baseRate = reader.UInt32();
        var slope1 = reader.UInt32();
        var slope2 = reader.UInt32();
        change = new ReserveParameters(
            loanToValue, liquidationThreshold, liquidationBonus, reserveFactor, liquidationProtocolFee, borrowingEnabled, borrowCap,
            supplyCap, optimalUsage, baseRate, slope1, slope2);
        return reader.IsSound;
    }

    /// <summary>The body in bytes.</summary>
    /// <returns>A new array.</returns>
    public byte[] ToBytes()
    {
        var body = new byte[Size];
        var writer = new BodyWriter(body);
        writer.UInt32(LoanToValue);
        writer.UInt32(LiquidationThreshold);
        writer.UInt32(LiquidationBonus);
        writer.UInt32(ReserveFactor);
        writer.UInt32(LiquidationProtocolFee);
        writer.Flag(BorrowingEnabled);
        writer.Zeros(3);
        writer.UInt64(BorrowCap);
        writer.UInt64(SupplyCap);
        writer.UInt32(OptimalUsage);
        writer.UInt32(BaseRate);
        writer.UInt32(Slope1);
        writer.UInt32(Slope2);
        return body;
    }
}
