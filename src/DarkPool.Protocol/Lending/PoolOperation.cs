using DarkPool.Protocol.Identity;

namespace DarkPool.Protocol.Lending;

/// <summary>
/// The body of every command that operates on a lending pool (docs/PROTOCOL.md section 4.2). The codec checks the form only: the engine
/// names in its rejection what is wrong.
/// </summary>
/// <param name="Pool">Number of the pool.</param>
/// <param name="Asset">Number of the asset; without meaning for e-modes.</param>
/// <param name="Amount">Base units; <see cref="All"/> where the operation knows an all.</param>
/// <param name="Argument">The e-mode to enter, 0 to leave; or 1 to use as collateral, 0 not to; else 0.</param>
/// <param name="Other">The account that is supplied for, repaid for or transferred to; zeros: one's own.</param>
public readonly record struct PoolOperation(uint Pool, uint Asset, UInt128 Amount, uint Argument, Bytes32 Other)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 64;

    /// <summary>As an amount of a withdrawal or a repayment: all of it.</summary>
    public static UInt128 All => UInt128.MaxValue;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="operation">The operation.</param>
    /// <returns>False if the length or a reserved byte is wrong.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out PoolOperation operation)
    {
        operation = default;
        if (body.Length != Size) return false;
        var reader = new BodyReader(body);
        var (pool, asset, amount, argument) = (reader.UInt32(), reader.UInt32(), reader.UInt128(), reader.UInt32());
        reader.Zeros(4);
        operation = new PoolOperation(pool, asset, amount, argument, reader.Bytes32());
        return reader.IsSound;
    }

    /// <summary>Writes the body.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        var writer = new BodyWriter(destination);
        writer.UInt32(Pool);
        writer.UInt32(Asset);
        writer.UInt128(Amount);
        writer.UInt32(Argument);
        writer.Zeros(4);
        writer.Bytes32(Other);
    }

    /// <summary>A constant: a command must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(PoolOperation);
}
