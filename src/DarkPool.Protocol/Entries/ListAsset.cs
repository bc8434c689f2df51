using System.Buffers.Binary;
using DarkPool.Protocol.Identity;

namespace DarkPool.Protocol.Entries;

/// <summary>Governance: an ERC-20 token becomes an asset of the venue.</summary>
/// <param name="Asset">Number of the asset.</param>
/// <param name="Token">Address of the token contract.</param>
/// <param name="Decimals">Decimals of the token, for display.</param>
/// <param name="Symbol">1 to 8 printable ASCII characters.</param>
public readonly record struct ListAsset(uint Asset, EvmAddress Token, byte Decimals, string Symbol)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 36;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="change">The change.</param>
    /// <returns>False if the length, a reserved byte or the symbol is wrong.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out ListAsset change)
    {
        change = default;
        if (body.Length != Size || body.Slice(25, 3).ContainsAnyExcept((byte)0)) return false;
        if (!Entries.Symbol.TryRead(body.Slice(28, 8), out var symbol)) return false;
        change = new ListAsset(BinaryPrimitives.ReadUInt32LittleEndian(body), new EvmAddress(body.Slice(4, 20)), body[24], symbol);
        return true;
    }

    /// <summary>The body in bytes.</summary>
    /// <returns>A new array.</returns>
    /// <exception cref="ArgumentException">The symbol does not fit.</exception>
    public byte[] ToBytes()
    {
        var body = new byte[Size];
        BinaryPrimitives.WriteUInt32LittleEndian(body, Asset);
        Token.CopyTo(body.AsSpan(4));
        body[24] = Decimals;
        Entries.Symbol.Write(Symbol, body.AsSpan(28, 8));
        return body;
    }
}
