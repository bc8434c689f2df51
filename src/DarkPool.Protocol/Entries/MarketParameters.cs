using System.Buffers.Binary;
using DarkPool.Protocol.Identity;

namespace DarkPool.Protocol.Entries;

/// <summary>How an auction shares out its marginal orders. Append-only.</summary>
public enum AuctionAllocation : byte
{
    /// <summary>Not an auction.</summary>
    None = 0,

    /// <summary>By size; remainders to the largest, then to the oldest.</summary>
    ProRata = 1,

    /// <summary>The oldest first.</summary>
    Time = 2,
}

/// <summary>
/// The part of a market's terms that governance may change while it trades (docs/PROTOCOL.md section 7). The codec checks the form only;
/// zero everywhere is a market without fees, limits, collar and reference.
/// </summary>
public readonly record struct MarketParameters
{
    /// <summary>The size in bytes.</summary>
    public const int Size = 144;

    /// <summary>What the resting order pays of a trade's quote amount, in millionths (100 are a basis point).</summary>
    public uint MakerFee { get; init; }

    /// <summary>What the arriving order pays of a trade's quote amount, in millionths.</summary>
    public uint TakerFee { get; init; }

    /// <summary>The account that fees go to: an Ed25519 public key; zeros where there are none.</summary>
    public Bytes32 FeeAccount { get; init; }

    /// <summary>The most lots of an order; 0: no limit.</summary>
    public ulong MaximumQuantity { get; init; }

    /// <summary>The least lots of an order that is not to rest; 0: any.</summary>
    public ulong MinimumImmediateQuantity { get; init; }

    /// <summary>How far from the reference an order's price may be, in basis points; 0: no collar.</summary>
    public uint CollarBasisPoints { get; init; }

    /// <summary>How many orders that are not to rest an account may send in a window; 0: no limit.</summary>
    public uint ImmediateOrders { get; init; }

    /// <summary>The length of that window in microseconds.</summary>
    public ulong ImmediateWindow { get; init; }

    /// <summary>When day orders expire: microseconds after midnight UTC, below a day's 86,400,000,000.</summary>
    public ulong SessionEnd { get; init; }

    /// <summary>The feed whose prices, in ticks of the market, are its reference; 0: none.</summary>
    public uint ReferenceFeed { get; init; }

    /// <summary>How far a quote's middle may be from that of the quote before to be traded at, in basis points; 0: no collar.</summary>
    public uint MidpointCollarBasisPoints { get; init; }

    /// <summary>How old a reference may be, in microseconds; 0: of any age.</summary>
    public ulong ReferenceStaleness { get; init; }

    /// <summary>From one auction's close to the next, in microseconds.</summary>
    public ulong AuctionInterval { get; init; }

    /// <summary>The window at the end of the interval within which the close falls, in microseconds.</summary>
    public ulong AuctionCloseWindow { get; init; }

    /// <summary>How it shares out its marginal orders.</summary>
    public AuctionAllocation AuctionAllocation { get; init; }

    /// <summary>How long an invitation to firm up stands, in microseconds.</summary>
    public ulong FirmUpTime { get; init; }

    /// <summary>The most open orders of one account in the market; 0: the venue's limit.</summary>
    public uint MaximumOpenOrders { get; init; }

    /// <summary>The least share of its invitations that an account must have firmed up to be invited again, in basis points.</summary>
    public uint FirmUpRateFloor { get; init; }

    /// <summary>The least lots of a conditional order; 0: any.</summary>
    public ulong MinimumConditionalQuantity { get; init; }

    /// <summary>Reads the bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="parameters">The parameters.</param>
    /// <returns>False if the length or a reserved byte is wrong.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out MarketParameters parameters)
    {
        parameters = default;
        if (bytes.Length != Size || bytes.Slice(113, 7).ContainsAnyExcept((byte)0)) return false;
        parameters = new MarketParameters
        {
            MakerFee = BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            TakerFee = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]),
            FeeAccount = new Bytes32(bytes.Slice(8, Bytes32.Size)),
            MaximumQuantity = BinaryPrimitives.ReadUInt64LittleEndian(bytes[40..]),
            MinimumImmediateQuantity = BinaryPrimitives.ReadUInt64LittleEndian(bytes[48..]),
            CollarBasisPoints = BinaryPrimitives.ReadUInt32LittleEndian(bytes[56..]),
            ImmediateOrders = BinaryPrimitives.ReadUInt32LittleEndian(bytes[60..]),
            ImmediateWindow = BinaryPrimitives.ReadUInt64LittleEndian(bytes[64..]),
            SessionEnd = BinaryPrimitives.ReadUInt64LittleEndian(bytes[72..]),
            ReferenceFeed = BinaryPrimitives.ReadUInt32LittleEndian(bytes[80..]),
            MidpointCollarBasisPoints = BinaryPrimitives.ReadUInt32LittleEndian(bytes[84..]),
            ReferenceStaleness = BinaryPrimitives.ReadUInt64LittleEndian(bytes[88..]),
            AuctionInterval = BinaryPrimitives.ReadUInt64LittleEndian(bytes[96..]),
            AuctionCloseWindow = BinaryPrimitives.ReadUInt64LittleEndian(bytes[104..]),
            AuctionAllocation = (AuctionAllocation)bytes[112],
            FirmUpTime = BinaryPrimitives.ReadUInt64LittleEndian(bytes[120..]),
            MaximumOpenOrders = BinaryPrimitives.ReadUInt32LittleEndian(bytes[128..]),
            FirmUpRateFloor = BinaryPrimitives.ReadUInt32LittleEndian(bytes[132..]),
            MinimumConditionalQuantity = BinaryPrimitives.ReadUInt64LittleEndian(bytes[136..]),
        };
        return true;
    }

    /// <summary>Writes the bytes.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination, MakerFee);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], TakerFee);
        FeeAccount.CopyTo(destination[8..]);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[40..], MaximumQuantity);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[48..], MinimumImmediateQuantity);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[56..], CollarBasisPoints);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[60..], ImmediateOrders);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[64..], ImmediateWindow);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[72..], SessionEnd);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[80..], ReferenceFeed);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[84..], MidpointCollarBasisPoints);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[88..], ReferenceStaleness);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[96..], AuctionInterval);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[104..], AuctionCloseWindow);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[112..], (byte)AuctionAllocation);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[120..], FirmUpTime);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[128..], MaximumOpenOrders);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[132..], FirmUpRateFloor);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[136..], MinimumConditionalQuantity);
    }
}
