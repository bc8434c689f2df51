using System.Buffers.Binary;
using DarkPool.Protocol.Identity;

namespace DarkPool.Protocol.Commands;

/// <summary>Gives an account its tier; only the operator that governance named may.</summary>
/// <param name="Account">The account; it is opened if it is new.</param>
/// <param name="Tier">0 to 15; every account begins in tier 0.</param>
public readonly record struct SetTier(AccountKey Account, byte Tier)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = Bytes32.Size + sizeof(ulong);

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="command">The command.</param>
    /// <returns>False if the length is not <see cref="Size"/> or a reserved byte is not zero.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out SetTier command)
    {
        command = default;
        if (body.Length != Size) return false;
        var tier = BinaryPrimitives.ReadUInt64LittleEndian(body[Bytes32.Size..]);
        if (tier > byte.MaxValue) return false;
        command = new SetTier(new AccountKey(new Bytes32(body[..Bytes32.Size])), (byte)tier);
        return true;
    }

    /// <summary>Writes the body.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        Account.Key.CopyTo(destination);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[Bytes32.Size..], Tier);
    }

    /// <summary>A constant: an account's tier must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(SetTier);
}
