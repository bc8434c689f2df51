using DarkPool.Protocol.Identity;

namespace DarkPool.Protocol.Lending;

/// <summary>
/// The body of every command that operates on an isolated market (docs/PROTOCOL.md section 4.2). Exactly one of assets and shares is above
/// zero; collateral has no shares.
/// </summary>
/// <param name="Market">Number of the isolated market.</param>
/// <param name="Assets">Base units.</param>
/// <param name="Shares">Shares of the supply or of the debt.</param>
/// <param name="Other">The account that is supplied for or repaid for; zeros: one's own.</param>
public readonly record struct IsolatedOperation(uint Market, UInt128 Assets, UInt128 Shares, Bytes32 Other)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 72;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="operation">The operation.</param>
    /// <returns>False if the length or a reserved byte is wrong.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out IsolatedOperation operation)
    {
        operation = default;
        if (body.Length != Size) return false;
        var reader = new BodyReader(body);
        var market = reader.UInt32();
        reader.Zeros(4);
        operation = new IsolatedOperation(market, reader.UInt128(), reader.UInt128(), reader.Bytes32());
        return reader.IsSound;
    }

    /// <summary>Writes the body.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        var writer = new BodyWriter(destination);
        writer.UInt32(Market);
        writer.Zeros(4);
        writer.UInt128(Assets);
        writer.UInt128(Shares);
        writer.Bytes32(Other);
    }

    /// <summary>A constant: a command must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(IsolatedOperation);
}
