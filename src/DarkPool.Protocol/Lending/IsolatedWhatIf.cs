using DarkPool.Protocol.Commands;

namespace DarkPool.Protocol.Lending;

/// <summary>Asks for the position that one would have after an operation, at another price, or both. Nothing changes.</summary>
/// <param name="Operation">The type of the operation's command; <see cref="CommandType.Cover"/> for none.</param>
/// <param name="Price">Loan base units per collateral base unit, scaled by 1e36, to reckon with; 0: as it is.</param>
/// <param name="Change">The operation; for a price alone, the market.</param>
public readonly record struct IsolatedWhatIf(CommandType Operation, UInt256 Price, IsolatedOperation Change)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 40 + IsolatedOperation.Size;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="question">The question.</param>
    /// <returns>False if the length or a reserved byte is wrong.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out IsolatedWhatIf question)
    {
        question = default;
        if (body.Length != Size) return false;
        var reader = new BodyReader(body);
        var operation = (CommandType)reader.UInt16();
        reader.Zeros(6);
        var price = reader.UInt256();
        if (!reader.IsSound || !IsolatedOperation.TryRead(body[40..], out var change)) return false;
        question = new IsolatedWhatIf(operation, price, change);
        return true;
    }

    /// <summary>Writes the body.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        var writer = new BodyWriter(destination);
        writer.UInt16((ushort)Operation);
        writer.Zeros(6);
        writer.UInt256(Price);
        Change.Write(destination[40..]);
    }

    /// <summary>A constant: a command must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(IsolatedWhatIf);
}
