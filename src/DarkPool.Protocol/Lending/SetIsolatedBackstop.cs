using DarkPool.Protocol.Identity;

namespace DarkPool.Protocol.Lending;

/// <summary>Registers an account as a backstop of an isolated market, behind those before, or takes it out.</summary>
/// <param name="Market">Number of the isolated market.</param>
/// <param name="IsRegistered">Whether it is one from now on.</param>
/// <param name="Account">The account; the venue must know it.</param>
public readonly record struct SetIsolatedBackstop(uint Market, bool IsRegistered, Bytes32 Account)
{
    private const int Size = 40;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="change">The change.</param>
    /// <returns>False if the length, a reserved byte or the flag is wrong.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out SetIsolatedBackstop change)
    {
        change = default;
        if (body.Length != Size) return false;
        var reader = new BodyReader(body);
        var (market, isRegistered) = (reader.UInt32(), reader.Flag());
        reader.Zeros(3);
        change = new SetIsolatedBackstop(market, isRegistered, reader.Bytes32());
        return reader.IsSound;
    }

    /// <summary>Encodes the body.</summary>
    /// <returns>The bytes.</returns>
    public byte[] ToBytes()
    {
        var body = new byte[Size];
        var writer = new BodyWriter(body);
        writer.UInt32(Market);
        writer.Flag(IsRegistered);
        writer.Zeros(3);
        writer.Bytes32(Account);
        return body;
    }
}
