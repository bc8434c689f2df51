using System.Buffers.Binary;

namespace DarkPool.Protocol.Lending;

/// <summary>Asks for one's own position in a lending pool or an isolated market.</summary>
/// <param name="Number">Number of the pool or of the isolated market, by the type of the command.</param>
public readonly record struct LendingQuery(uint Number)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 4;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="query">The query.</param>
    /// <returns>False if the length is not <see cref="Size"/>.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out LendingQuery query)
    {
        query = default;
        if (body.Length != Size) return false;
        query = new LendingQuery(BinaryPrimitives.ReadUInt32LittleEndian(body));
        return true;
    }

    /// <summary>Writes the body.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination) => BinaryPrimitives.WriteUInt32LittleEndian(destination, Number);

    /// <summary>A constant: a command must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(LendingQuery);
}
