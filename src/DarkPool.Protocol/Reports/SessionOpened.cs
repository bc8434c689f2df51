using System.Buffers.Binary;
using DarkPool.Protocol.Identity;

namespace DarkPool.Protocol.Reports;

/// <summary>A hello was accepted: the first report of a session.</summary>
/// <param name="Session">Number of the session.</param>
/// <param name="Account">The account that it speaks for.</param>
public readonly record struct SessionOpened(
    ulong Session, AccountKey Account)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 40;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="report">The report.</param>
    /// <returns>False if the length is not <see cref="Size"/>.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out SessionOpened report)
    {
        report = default;
        if (body.Length != Size) return false;
        report = new SessionOpened(
            BinaryPrimitives.ReadUInt64LittleEndian(body),
            new AccountKey(new Bytes32(body.Slice(8, Bytes32.Size))));
        return true;
    }

    /// <summary>Writes the body.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination, Session);
        Account.Key.CopyTo(destination[8..]);
    }

    /// <summary>A constant: a report must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(SessionOpened);
}
