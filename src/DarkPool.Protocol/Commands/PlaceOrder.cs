using System.Buffers.Binary;

namespace DarkPool.Protocol.Commands;

/// <summary>
/// Places an order. The codec checks the form only (length, reserved bytes): values are carried as they are, so that the engine can name
/// in its rejection which one is wrong.
/// </summary>
/// <param name="ClientOrderId">The owner's name for it, unique among the account's open orders; zero is allowed.</param>
/// <param name="Market">Number of the market.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="OrderType">How it is priced.</param>
/// <param name="TimeInForce">How long it stays.</param>
/// <param name="Price">In ticks of the market.</param>
/// <param name="Quantity">In lots of the market.</param>
/// <param name="Expiry">Microseconds since 1970 by block time; 0: none.</param>
public readonly record struct PlaceOrder(
    ulong ClientOrderId, uint Market, Side Side, OrderType OrderType, TimeInForce TimeInForce, long Price, ulong Quantity, long Expiry)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 64;

    /// <summary>The size of the first version's body: no flags, and nothing behind the expiry. Still read.</summary>
    public const int FirstSize = 40;

    /// <summary>What else it asks for; unknown bits are kept, for the engine to refuse.</summary>
    public OrderFlags Flags { get; init; }

    /// <summary>The least lots in sum that it trades when it arrives, and with one arriving order when it rests; 0: any.</summary>
    public ulong MinimumQuantity { get; init; }

    /// <summary>The least lots that it trades with one counterparty's order; 0: any.</summary>
    public ulong MinimumInteraction { get; init; }

    /// <summary>What becomes of it where it would trade with an order of its own owner.</summary>
    public SelfTradePrevention SelfTradePrevention { get; init; }

    /// <summary>Reads a body of this or the first version.</summary>
    /// <param name="body">The body.</param>
    /// <param name="command">The command.</param>
    /// <returns>False if the length is of no version, or a reserved byte is set.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out PlaceOrder command)
    {
        command = default;
        if (body.Length != Size && (body.Length != FirstSize || body[15] != 0)) return false;
        command = new PlaceOrder(
            BinaryPrimitives.ReadUInt64LittleEndian(body),
            BinaryPrimitives.ReadUInt32LittleEndian(body[8..]),
            (Side)body[12],
            (OrderType)body[13],
            (TimeInForce)body[14],
            BinaryPrimitives.ReadInt64LittleEndian(body[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(body[24..]),
            BinaryPrimitives.ReadInt64LittleEndian(body[32..]));
        if (body.Length == FirstSize) return true;
        command = command with
        {
            Flags = (OrderFlags)body[15],
            MinimumQuantity = BinaryPrimitives.ReadUInt64LittleEndian(body[40..]),
            MinimumInteraction = BinaryPrimitives.ReadUInt64LittleEndian(body[48..]),
            SelfTradePrevention = (SelfTradePrevention)body[56],
        };
        return BinaryPrimitives.ReadUInt64LittleEndian(body[56..]) >> 8 == 0;
    }

    /// <summary>Writes the body.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination, ClientOrderId);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[8..], Market);
        destination[12] = (byte)Side;
        destination[13] = (byte)OrderType;
        destination[14] = (byte)TimeInForce;
        destination[15] = (byte)Flags;
        BinaryPrimitives.WriteInt64LittleEndian(destination[16..], Price);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[24..], Quantity);
        BinaryPrimitives.WriteInt64LittleEndian(destination[32..], Expiry);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[40..], MinimumQuantity);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[48..], MinimumInteraction);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[56..], (byte)SelfTradePrevention);
    }

    /// <summary>A constant: an order must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(PlaceOrder);
}
