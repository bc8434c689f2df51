using System.Buffers.Binary;
using DarkPool.Engine.Lending.Aave;

namespace DarkPool.Engine.Lending;

/// <summary>A reserve's parameters as bytes of the journal and of snapshots, little-endian.</summary>
internal static class ParametersBytes
{
    /// <summary>Bytes of one set of parameters.</summary>
    public const int Size = 4 + (5 * 4) + (2 * 8) + (4 * 4) + 8;

    public static void Write(Span<byte> bytes, in ReserveParameters parameters)
    {
        bytes[0] = parameters.Decimals;
        bytes[1] = (byte)(parameters.BorrowingEnabled ? 1 : 0);
        bytes[2] = (byte)(parameters.Frozen ? 1 : 0);
        bytes[3] = (byte)(parameters.Paused ? 1 : 0);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], parameters.LoanToValue);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[8..], parameters.LiquidationThreshold);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[12..], parameters.LiquidationBonus);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[16..], parameters.ReserveFactor);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[20..], parameters.LiquidationProtocolFee);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], parameters.BorrowCap);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[32..], parameters.SupplyCap);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[40..], parameters.Curve.OptimalUsage);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[44..], parameters.Curve.Base);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[48..], parameters.Curve.Slope1);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[52..], parameters.Curve.Slope2);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[56..], parameters.GraceUntil);
    }

    public static ReserveParameters Read(ReadOnlySpan<byte> bytes) => new()
    {
        Decimals = bytes[0],
        BorrowingEnabled = bytes[1] != 0,
        Frozen = bytes[2] != 0,
        Paused = bytes[3] != 0,
        LoanToValue = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]),
        LiquidationThreshold = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]),
        LiquidationBonus = BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]),
        ReserveFactor = BinaryPrimitives.ReadUInt32LittleEndian(bytes[16..]),
        LiquidationProtocolFee = BinaryPrimitives.ReadUInt32LittleEndian(bytes[20..]),
        BorrowCap = BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]),
        SupplyCap = BinaryPrimitives.ReadUInt64LittleEndian(bytes[32..]),
        Curve = new InterestRateCurve(
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[40..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[44..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[48..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[52..])),
        GraceUntil = BinaryPrimitives.ReadUInt64LittleEndian(bytes[56..]),
    };
}
