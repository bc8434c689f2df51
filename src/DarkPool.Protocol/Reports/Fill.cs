using System.Buffers.Binary;
using DarkPool.Protocol.Commands;

namespace DarkPool.Protocol.Reports;

/// <summary>A trade of one of the account's orders.</summary>
/// <param name="ClientOrderId">The owner's name for the order.</param>
/// <param name="TradeId">Number of the trade, the same for both sides.</param>
/// <param name="Market">Number of the market.</param>
/// <param name="Side">Side of the order.</param>
/// <param name="Liquidity">Whether it rested or came.</param>
/// <param name="Price">In ticks.</param>
/// <param name="Quantity">Traded, in lots.</param>
/// <param name="Remaining">Still open, in lots.</param>
public readonly record struct Fill(
    ulong ClientOrderId, ulong TradeId, uint Market, Side Side, Liquidity Liquidity, long Price, ulong Quantity, ulong Remaining)
{
    /// <summary>The size of the body in bytes, where there was no fee.</summary>
    public const int Size = 48;

    /// <summary>The size of a body with a fee.</summary>
    public const int ChargedSize = 64;

    /// <summary>What the order paid in fees for it, in base units of the quote asset.</summary>
    public UInt128 Fee { get; init; }

    /// <summary>The size of this body in bytes.</summary>
    public int Length => Fee == 0 ? Size : ChargedSize;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="report">The report.</param>
    /// <returns>False if the length is of neither form, a reserved byte is not zero, or a fee is none.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out Fill report)
    {
        report = default;
        if (body.Length is not (Size or ChargedSize) || BinaryPrimitives.ReadUInt16LittleEndian(body[22..]) != 0) return false;
        report = new Fill(
            BinaryPrimitives.ReadUInt64LittleEndian(body),
            BinaryPrimitives.ReadUInt64LittleEndian(body[8..]),
            BinaryPrimitives.ReadUInt32LittleEndian(body[16..]),
            (Side)body[20],
            (Liquidity)body[21],
            BinaryPrimitives.ReadInt64LittleEndian(body[24..]),
            BinaryPrimitives.ReadUInt64LittleEndian(body[32..]),
            BinaryPrimitives.ReadUInt64LittleEndian(body[40..]));
        if (body.Length == Size) return true;
        report = report with { Fee = BinaryPrimitives.ReadUInt128LittleEndian(body[48..]) };
        return report.Fee != 0;
    }

    /// <summary>Writes the body.</summary>
    /// <param name="destination">At least <see cref="Length"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination, ClientOrderId);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], TradeId);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[16..], Market);
        destination[20] = (byte)Side;
        destination[21] = (byte)Liquidity;
        BinaryPrimitives.WriteUInt16LittleEndian(destination[22..], 0);
        BinaryPrimitives.WriteInt64LittleEndian(destination[24..], Price);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[32..], Quantity);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[40..], Remaining);
        if (Fee != 0) BinaryPrimitives.WriteUInt128LittleEndian(destination[48..], Fee);
    }

    /// <summary>A constant: a report must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(Fill);
}
