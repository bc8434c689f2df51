using System.Buffers.Binary;

namespace DarkPool.Protocol.Reports;

/// <summary>A deposit on chain reached the account.</summary>
/// <param name="DepositId">Number of the deposit at the vault.</param>
/// <param name="Asset">Number of the asset.</param>
/// <param name="Amount">In base units.</param>
/// <param name="Available">Free balance afterwards, in base units.</param>
public readonly record struct Deposited(
    ulong DepositId, uint Asset, UInt128 Amount, UInt128 Available)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 48;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="report">The report.</param>
    /// <returns>False if the length is not <see cref="Size"/> or a reserved byte is not zero.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out Deposited report)
    {
        report = default;
        if (body.Length != Size || BinaryPrimitives.ReadUInt32LittleEndian(body[12..]) != 0) return false;
        report = new Deposited(
            BinaryPrimitives.ReadUInt64LittleEndian(body),
            BinaryPrimitives.ReadUInt32LittleEndian(body[8..]),
            BinaryPrimitives.ReadUInt128LittleEndian(body[16..]),
            BinaryPrimitives.ReadUInt128LittleEndian(body[32..]));
        return true;
    }

    /// <summary>Writes the body.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination, DepositId);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[8..], Asset);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[12..], 0);
        BinaryPrimitives.WriteUInt128LittleEndian(destination[16..], Amount);
        BinaryPrimitives.WriteUInt128LittleEndian(destination[32..], Available);
    }

    /// <summary>A constant: a report must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(Deposited);
}
