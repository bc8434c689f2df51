using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DarkPool.Engine.Markets.Crossing;

/// <summary>
/// What chance decides in one auction: H("darkpool/v1/auction draw" ‖ seed ‖ u32 market ‖ u64 auction). Its first eight bytes,
/// little-endian, say when the auction closes, and the next eight break its last ties. Whoever does not know the seed cannot foresee it;
/// whoever replays the log with it draws the same.
/// </summary>
/// <param name="Close">Says when the auction closes.</param>
/// <param name="Ties">Breaks its last ties.</param>
internal readonly record struct AuctionDraw(ulong Close, ulong Ties)
{
    public static AuctionDraw Of(in Digest seed, uint market, ulong auction)
    {
        var tag = "darkpool/v1/auction draw"u8;
        Span<byte> preimage = stackalloc byte[tag.Length + Digest.Size + sizeof(uint) + sizeof(ulong)];
        tag.CopyTo(preimage);
        seed.CopyTo(preimage[tag.Length..]);
        BinaryPrimitives.WriteUInt32LittleEndian(preimage[(tag.Length + Digest.Size)..], market);
        BinaryPrimitives.WriteUInt64LittleEndian(preimage[^sizeof(ulong)..], auction);
        Span<byte> hash = stackalloc byte[Digest.Size];
        SHA256.HashData(preimage, hash);
        return new AuctionDraw(BinaryPrimitives.ReadUInt64LittleEndian(hash), BinaryPrimitives.ReadUInt64LittleEndian(hash[8..]));
    }

    /// <summary>A whole number from 0 to <paramref name="most"/>, each as likely as the others but for 2^-64.</summary>
    public ulong CloseWithin(ulong most) => Math.BigMul(Close, most + 1, out _);
}
