using System.Buffers.Binary;

namespace DarkPool.Protocol.Settlement;

/// <summary>What one market settles in a batch: the sum of its published trades.</summary>
/// <param name="Market">Number of the market.</param>
/// <param name="Trades">How many trades.</param>
/// <param name="Price">Volume-weighted mean in ticks, rounded down.</param>
/// <param name="Quantity">Sum in lots.</param>
/// <param name="Notional">Sum in base units of the quote asset.</param>
public readonly record struct MarketSettlement(uint Market, uint Trades, long Price, UInt128 Quantity, UInt128 Notional)
{
    /// <summary>The size in bytes.</summary>
    public const int Size = 48;

    internal static MarketSettlement Read(ReadOnlySpan<byte> source) => new(
        BinaryPrimitives.ReadUInt32LittleEndian(source),
        BinaryPrimitives.ReadUInt32LittleEndian(source[4..]),
        BinaryPrimitives.ReadInt64LittleEndian(source[8..]),
        BinaryPrimitives.ReadUInt128LittleEndian(source[16..]),
        BinaryPrimitives.ReadUInt128LittleEndian(source[32..]));

    internal void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination, Market);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], Trades);
        BinaryPrimitives.WriteInt64LittleEndian(destination[8..], Price);
        BinaryPrimitives.WriteUInt128LittleEndian(destination[16..], Quantity);
        BinaryPrimitives.WriteUInt128LittleEndian(destination[32..], Notional);
    }
}
