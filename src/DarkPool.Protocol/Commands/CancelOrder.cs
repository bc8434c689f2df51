using System.Buffers.Binary;

namespace DarkPool.Protocol.Commands;

/// <summary>Cancels an open order of the account.</summary>
/// <param name="ClientOrderId">The owner's name for it.</param>
public readonly record struct CancelOrder(ulong ClientOrderId)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 8;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="command">The command.</param>
    /// <returns>False if the length is not <see cref="Size"/>.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out CancelOrder command)
    {
        command = default;
        if (body.Length != Size) return false;
        command = new CancelOrder(BinaryPrimitives.ReadUInt64LittleEndian(body));
        return true;
    }

    /// <summary>Writes the body.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination) => BinaryPrimitives.WriteUInt64LittleEndian(destination, ClientOrderId);

    /// <summary>A constant: an order must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(CancelOrder);
}
