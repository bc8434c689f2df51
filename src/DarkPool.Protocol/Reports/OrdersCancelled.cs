using System.Buffers.Binary;

namespace DarkPool.Protocol.Reports;

/// <summary>The answer to CancelAll, after the OrderCancelled of each order.</summary>
/// <param name="Count">How many orders there were.</param>
public readonly record struct OrdersCancelled(uint Count)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 4;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="report">The report.</param>
    /// <returns>False if the length is not <see cref="Size"/>.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out OrdersCancelled report)
    {
        report = default;
        if (body.Length != Size) return false;
        report = new OrdersCancelled(BinaryPrimitives.ReadUInt32LittleEndian(body));
        return true;
    }

    /// <summary>Writes the body.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination) => BinaryPrimitives.WriteUInt32LittleEndian(destination, Count);

    /// <summary>A constant: a report must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(OrdersCancelled);
}
