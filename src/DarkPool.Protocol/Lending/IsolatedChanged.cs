using DarkPool.Protocol.Commands;

namespace DarkPool.Protocol.Lending;

/// <summary>An operation on an isolated market was done.</summary>
/// <param name="Market">Number of the isolated market.</param>
/// <param name="Operation">What was done.</param>
/// <param name="ByOther">Another account's command did it.</param>
/// <param name="Assets">What moved, base units of the loan asset or of the collateral.</param>
/// <param name="Shares">Shares that moved; 0 for collateral.</param>
/// <param name="Available">What is then available of that asset.</param>
public readonly record struct IsolatedChanged(
    uint Market, CommandType Operation, bool ByOther, UInt128 Assets, UInt128 Shares, UInt128 Available)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 56;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="report">The report.</param>
    /// <returns>False if the length, a flag or a reserved byte is wrong.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out IsolatedChanged report)
    {
        report = default;
        if (body.Length != Size) return false;
        var reader = new BodyReader(body);
        var market = reader.UInt32();
        var operation = (CommandType)reader.UInt16();
        var byOther = reader.Flag();
        reader.Zeros(1);
        var assets = reader.UInt128();
        var shares = reader.UInt128();
        var available = reader.UInt128();
        report = new IsolatedChanged(market, operation, byOther, assets, shares, available);
        return reader.IsSound;
    }

    /// <summary>Writes the body.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        var writer = new BodyWriter(destination);
        writer.UInt32(Market);
        writer.UInt16((ushort)Operation);
        writer.Flag(ByOther);
        writer.Zeros(1);
        writer.UInt128(Assets);
        writer.UInt128(Shares);
        writer.UInt128(Available);
    }

    /// <summary>A constant: a report must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(IsolatedChanged);
}
