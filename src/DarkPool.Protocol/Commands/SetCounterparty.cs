using System.Buffers.Binary;
using DarkPool.Protocol.Identity;

namespace DarkPool.Protocol.Commands;

/// <summary>Denies a counterparty, or takes the denial back. It need not have an account, and it is not told.</summary>
/// <param name="Account">Its account.</param>
/// <param name="Denied">Whether the two are not to trade.</param>
public readonly record struct SetCounterparty(AccountKey Account, bool Denied)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = Bytes32.Size + sizeof(ulong);

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="command">The command.</param>
    /// <returns>False if the length is not <see cref="Size"/> or denied is neither 0 nor 1.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out SetCounterparty command)
    {
        command = default;
        if (body.Length != Size) return false;
        var denied = BinaryPrimitives.ReadUInt64LittleEndian(body[Bytes32.Size..]);
        if (denied > 1) return false;
        command = new SetCounterparty(new AccountKey(new Bytes32(body[..Bytes32.Size])), denied == 1);
        return true;
    }

    /// <summary>Writes the body.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        Account.Key.CopyTo(destination);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[Bytes32.Size..], Denied ? 1UL : 0);
    }

    /// <summary>A constant: whom an account avoids must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(SetCounterparty);
}
