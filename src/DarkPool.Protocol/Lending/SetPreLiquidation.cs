namespace DarkPool.Protocol.Lending;

/// <summary>A borrower's wish to be relieved before the health factor in a pool reaches 1, on terms of its own. Basis points.</summary>
/// <param name="Pool">Number of the pool.</param>
/// <param name="Health">Health below which collateral is offered: above 10,000; 0 withdraws the wish.</param>
/// <param name="MaxBonus">Most that buyers are offered, reached at a health of 1; at most 1,500.</param>
/// <param name="Target">Health to be restored: from <paramref name="Health"/> to 20,000.</param>
public readonly record struct SetPreLiquidation(uint Pool, ushort Health, ushort MaxBonus, ushort Target)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 16;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="command">The command.</param>
    /// <returns>False if the length or a reserved byte is wrong.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out SetPreLiquidation command)
    {
        command = default;
        if (body.Length != Size) return false;
        var reader = new BodyReader(body);
        command = new SetPreLiquidation(reader.UInt32(), reader.UInt16(), reader.UInt16(), reader.UInt16());
        reader.Zeros(6);
        return reader.IsSound;
    }

    /// <summary>Writes the body.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        var writer = new BodyWriter(destination);
        writer.UInt32(Pool);
        writer.UInt16(Health);
        writer.UInt16(MaxBonus);
        writer.UInt16(Target);
        writer.Zeros(6);
    }

    /// <summary>A constant: a command must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(SetPreLiquidation);
}
