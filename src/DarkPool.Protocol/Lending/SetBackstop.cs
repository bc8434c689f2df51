using DarkPool.Protocol.Identity;

namespace DarkPool.Protocol.Lending;

/// <summary>Governance: registers an account as a backstop of a liquidation market, or takes it out.</summary>
/// <param name="Pool">Number of the pool.</param>
/// <param name="Market">Number of the liquidation market of the pool.</param>
/// <param name="IsRegistered">Whether it is one from now on.</param>
/// <param name="Account">Key of an account that is open.</param>
public readonly record struct SetBackstop(uint Pool, uint Market, bool IsRegistered, Bytes32 Account)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 48;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="change">The change.</param>
    /// <returns>False if the length, a flag or a reserved byte is wrong.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out SetBackstop change)
    {
        change = default;
        if (body.Length != Size) return false;
        var reader = new BodyReader(body);
        var (pool, market, isRegistered) = (reader.UInt32(), reader.UInt32(), reader.Flag());
        reader.Zeros(7);
        change = new SetBackstop(pool, market, isRegistered, reader.Bytes32());
        return reader.IsSound;
    }

    /// <summary>The body in bytes.</summary>
    /// <returns>A new array.</returns>
    public byte[] ToBytes()
    {
        var body = new byte[Size];
        var writer = new BodyWriter(body);
        writer.UInt32(Pool);
        writer.UInt32(Market);
        writer.Flag(IsRegistered);
        writer.Zeros(7);
        writer.Bytes32(Account);
        return body;
    }
}
