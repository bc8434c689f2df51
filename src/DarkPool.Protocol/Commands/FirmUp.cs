using System.Buffers.Binary;

namespace DarkPool.Protocol.Commands;

/// <summary>Commits to a conditional order whose owner was invited to. Taking it back counts against the account.</summary>
/// <param name="ClientOrderId">The owner's name for the order.</param>
/// <param name="Quantity">In lots; at least one, at most the order's.</param>
public readonly record struct FirmUp(ulong ClientOrderId, ulong Quantity)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 16;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="command">The command.</param>
    /// <returns>False if the length is not <see cref="Size"/>.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out FirmUp command)
    {
        command = default;
        if (body.Length != Size) return false;
        command = new FirmUp(BinaryPrimitives.ReadUInt64LittleEndian(body), BinaryPrimitives.ReadUInt64LittleEndian(body[8..]));
        return true;
    }

    /// <summary>Writes the body.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination, ClientOrderId);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], Quantity);
    }

    /// <summary>A constant: an order must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(FirmUp);
}
