using System.Buffers.Binary;

namespace DarkPool.Protocol.Reports;

/// <summary>What the account has of one asset.</summary>
/// <param name="Asset">Number of the asset.</param>
/// <param name="Available">Free, in base units.</param>
/// <param name="Held">Held by open orders, in base units.</param>
public readonly record struct Balance(
    uint Asset, UInt128 Available, UInt128 Held)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 40;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="report">The report.</param>
    /// <returns>False if the length is not <see cref="Size"/> or a reserved byte is not zero.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out Balance report)
    {
        report = default;
        if (body.Length != Size || BinaryPrimitives.ReadUInt32LittleEndian(body[4..]) != 0) return false;
        report = new Balance(
            BinaryPrimitives.ReadUInt32LittleEndian(body),
            BinaryPrimitives.ReadUInt128LittleEndian(body[8..]),
            BinaryPrimitives.ReadUInt128LittleEndian(body[24..]));
        return true;
    }

    /// <summary>Writes the body.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination, Asset);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], 0);
        BinaryPrimitives.WriteUInt128LittleEndian(destination[8..], Available);
        BinaryPrimitives.WriteUInt128LittleEndian(destination[24..], Held);
    }

    /// <summary>A constant: a report must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(Balance);
}
