using System.Buffers.Binary;

namespace DarkPool.Protocol.Commands;

/// <summary>Sets the account's own trading rules, all at once; they hold for orders that arrive afterwards.</summary>
/// <param name="SelfTradePrevention">For orders that do not say their own.</param>
/// <param name="AcceptedTiers">A bit for each tier of counterparties that it takes; tier 0 is the lowest bit.</param>
/// <param name="Group">What the accounts of one owner share and nobody else can guess; zero for none.</param>
public readonly record struct ConfigureAccount(SelfTradePrevention SelfTradePrevention, ushort AcceptedTiers, UInt128 Group)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 24;

    /// <summary>A mask that takes every tier: what an account begins with.</summary>
    public const ushort EveryTier = ushort.MaxValue;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="command">The command.</param>
    /// <returns>False if the length is not <see cref="Size"/> or a reserved byte is not zero.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out ConfigureAccount command)
    {
        command = default;
        if (body.Length != Size || body[1] != 0 || BinaryPrimitives.ReadUInt32LittleEndian(body[4..]) != 0) return false;
        command = new ConfigureAccount(
            (SelfTradePrevention)body[0],
            BinaryPrimitives.ReadUInt16LittleEndian(body[2..]),
            BinaryPrimitives.ReadUInt128LittleEndian(body[8..]));
        return true;
    }

    /// <summary>Writes the body.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(destination, (byte)SelfTradePrevention);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[2..], AcceptedTiers);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], 0);
        BinaryPrimitives.WriteUInt128LittleEndian(destination[8..], Group);
    }

    /// <summary>A constant: an account's rules must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(ConfigureAccount);
}
