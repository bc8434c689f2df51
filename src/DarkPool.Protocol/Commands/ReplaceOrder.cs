using System.Buffers.Binary;

namespace DarkPool.Protocol.Commands;

/// <summary>Changes an open order of the account.</summary>
/// <param name="ClientOrderId">The owner's name for it.</param>
/// <param name="Price">The new price in ticks.</param>
/// <param name="Quantity">The new remaining quantity in lots.</param>
public readonly record struct ReplaceOrder(ulong ClientOrderId, long Price, ulong Quantity)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 24;

    /// <summary>Reads a body; price and quantity are for the engine to judge.</summary>
    /// <param name="body">The body.</param>
    /// <param name="command">The command.</param>
    /// <returns>False if the length is not <see cref="Size"/>.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out ReplaceOrder command)
    {
        command = default;
        if (body.Length != Size) return false;
        command = new ReplaceOrder(
            BinaryPrimitives.ReadUInt64LittleEndian(body),
            BinaryPrimitives.ReadInt64LittleEndian(body[8..]),
            BinaryPrimitives.ReadUInt64LittleEndian(body[16..]));
        return true;
    }

    /// <summary>Writes the body.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination, ClientOrderId);
        BinaryPrimitives.WriteInt64LittleEndian(destination[8..], Price);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], Quantity);
    }

    /// <summary>A constant: an order must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(ReplaceOrder);
}
