using System.Buffers.Binary;
using DarkPool.Protocol.Identity;
using NSec.Cryptography;

namespace DarkPool.Protocol.Entries;

/// <summary>
/// A best bid and offer observed by a source and signed by it: the second version of a price entry (docs/PROTOCOL.md section 7). The
/// source is the one that governance set for the feed's prices; rounds and times of quotes are counted apart from those of prices.
/// </summary>
/// <param name="Feed">Number of the feed.</param>
/// <param name="Round">The source's number of the observation.</param>
/// <param name="Time">When it was observed, microseconds since 1970.</param>
/// <param name="Bid">The best bid, in ticks of the feed.</param>
/// <param name="Ask">The best offer, in ticks of the feed; below the bid the quote is crossed.</param>
/// <param name="Source">Ed25519 public key of the source; whether it may speak for the feed, the engine says.</param>
public readonly record struct SignedQuote(uint Feed, ulong Round, long Time, long Bid, long Ask, Bytes32 Source)
{
    /// <summary>The size of the entry's data in bytes.</summary>
    public const int Size = BodySize + Ed25519Signature.Size;

    private const ushort Version = 2;
    private const int BodySize = 72;

    private static ReadOnlySpan<byte> Domain => "darkpool/v1/quote"u8;

    /// <summary>Encodes and signs the quote.</summary>
    /// <param name="sourceKey">The key whose public part is <see cref="Source"/>.</param>
    /// <param name="venueId">The venue.</param>
    /// <returns>The data of an entry of kind <see cref="Blocks.EntryKind.Price"/>.</returns>
    /// <exception cref="ArgumentException">Another key.</exception>
    public byte[] Sign(Key sourceKey, in Bytes32 venueId)
    {
        ArgumentNullException.ThrowIfNull(sourceKey);
        if (Ed25519Signature.PublicKeyOf(sourceKey) != Source)
            throw new ArgumentException("The key is not the source's.", nameof(sourceKey));
        var bytes = new byte[Size];
        var body = bytes.AsSpan(0, BodySize);
        BinaryPrimitives.WriteUInt16LittleEndian(body, Version);
        BinaryPrimitives.WriteUInt32LittleEndian(body[4..], Feed);
        BinaryPrimitives.WriteUInt64LittleEndian(body[8..], Round);
        BinaryPrimitives.WriteInt64LittleEndian(body[16..], Time);
        BinaryPrimitives.WriteInt64LittleEndian(body[24..], Bid);
        BinaryPrimitives.WriteInt64LittleEndian(body[32..], Ask);
        Source.CopyTo(body[40..]);
        DomainSignature.Sign(sourceKey, Domain, venueId, body, bytes.AsSpan(BodySize));
        return bytes;
    }

    /// <summary>Reads a quote and checks its signature by the source that it names.</summary>
    /// <param name="entry">Data of the entry.</param>
    /// <param name="venueId">The venue.</param>
    /// <param name="quote">The quote.</param>
    /// <returns>Whether it is well formed and signed for the venue.</returns>
    public static bool TryVerify(ReadOnlySpan<byte> entry, in Bytes32 venueId, out SignedQuote quote) =>
        TryRead(entry, out quote) && DomainSignature.Verify(quote.Source, Domain, venueId, entry[..BodySize], entry[BodySize..]);

    /// <summary>Reads a quote without checking its signature.</summary>
    /// <param name="entry">Data of the entry.</param>
    /// <param name="quote">The quote.</param>
    /// <returns>Whether the form is right.</returns>
    public static bool TryRead(ReadOnlySpan<byte> entry, out SignedQuote quote)
    {
        quote = default;
        if (entry.Length != Size || BinaryPrimitives.ReadUInt16LittleEndian(entry) != Version) return false;
        if (BinaryPrimitives.ReadUInt16LittleEndian(entry[2..]) != 0) return false;
        quote = new SignedQuote(
            BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]),
            BinaryPrimitives.ReadUInt64LittleEndian(entry[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(entry[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(entry[24..]),
            BinaryPrimitives.ReadInt64LittleEndian(entry[32..]),
            new Bytes32(entry.Slice(40, Bytes32.Size)));
        return true;
    }
}
