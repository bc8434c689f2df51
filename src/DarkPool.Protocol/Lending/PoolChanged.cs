using DarkPool.Protocol.Commands;

namespace DarkPool.Protocol.Lending;

/// <summary>An operation on a lending pool was done. Amounts in base units of the asset.</summary>
/// <param name="Pool">Number of the pool.</param>
/// <param name="Asset">Number of the asset; 0 for e-modes.</param>
/// <param name="Operation">What was done.</param>
/// <param name="ByOther">Another account's command did it.</param>
/// <param name="Amount">What moved; never more than was asked for.</param>
/// <param name="Supply">Supply of the asset afterwards, with interest.</param>
/// <param name="Debt">Debt in the asset afterwards, with interest.</param>
/// <param name="Available">What is then available of the asset.</param>
public readonly record struct PoolChanged(
    uint Pool, uint Asset, CommandType Operation, bool ByOther, UInt128 Amount, UInt128 Supply, UInt128 Debt, UInt128 Available)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 80;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="report">The report.</param>
    /// <returns>False if the length, a flag or a reserved byte is wrong.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out PoolChanged report)
    {
        report = default;
        if (body.Length != Size) return false;
        var reader = new BodyReader(body);
        var pool = reader.UInt32();
        var asset = reader.UInt32();
        var operation = (CommandType)reader.UInt16();
        var byOther = reader.Flag();
        reader.Zeros(5);
        var amount = reader.UInt128();
        var supply = reader.UInt128();
        var debt = reader.UInt128();
        var available = reader.UInt128();
        report = new PoolChanged(pool, asset, operation, byOther, amount, supply, debt, available);
        return reader.IsSound;
    }

    /// <summary>Writes the body.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        var writer = new BodyWriter(destination);
        writer.UInt32(Pool);
        writer.UInt32(Asset);
        writer.UInt16((ushort)Operation);
        writer.Flag(ByOther);
        writer.Zeros(5);
        writer.UInt128(Amount);
        writer.UInt128(Supply);
        writer.UInt128(Debt);
        writer.UInt128(Available);
    }

    /// <summary>A constant: a report must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(PoolChanged);
}
