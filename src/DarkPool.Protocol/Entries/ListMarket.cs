using System.Buffers.Binary;

namespace DarkPool.Protocol.Entries;

/// <summary>Governance: a market opens.</summary>
/// <param name="Market">Number of the market.</param>
/// <param name="BaseAsset">Number of the asset traded.</param>
/// <param name="QuoteAsset">Number of the asset paid.</param>
/// <param name="Rule">How it matches; an unknown rule is kept, for the engine to refuse.</param>
/// <param name="LotSize">Base units of the base asset per lot.</param>
/// <param name="TickValue">Base units of the quote asset per tick and lot.</param>
/// <param name="PublicationDelay">Microseconds from a trade to the settlement batch that may publish it.</param>
/// <param name="Symbol">1 to 16 printable ASCII characters.</param>
public readonly record struct ListMarket(
    uint Market,
    uint BaseAsset,
    uint QuoteAsset,
    MatchingRule Rule,
    UInt128 LotSize,
    UInt128 TickValue,
    ulong PublicationDelay,
    string Symbol)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = FirstSize + MarketParameters.Size;

    /// <summary>The size of the first version's body, which has no parameters. Still read.</summary>
    public const int FirstSize = 72;

    /// <summary>Fees, limits and whatever else <see cref="ConfigureMarket"/> may change later.</summary>
    public MarketParameters Parameters { get; init; }

    /// <summary>Reads a body of this or the first version.</summary>
    /// <param name="body">The body.</param>
    /// <param name="change">The change.</param>
    /// <returns>False if the length, a reserved byte or the symbol is wrong.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out ListMarket change)
    {
        change = default;
        if (body.Length is not (Size or FirstSize) || body.Slice(13, 3).ContainsAnyExcept((byte)0)) return false;
        if (!Entries.Symbol.TryRead(body.Slice(56, 16), out var symbol)) return false;
        var parameters = default(MarketParameters);
        if (body.Length == Size && !MarketParameters.TryRead(body[FirstSize..], out parameters)) return false;
        change = new ListMarket(
            BinaryPrimitives.ReadUInt32LittleEndian(body),
            BinaryPrimitives.ReadUInt32LittleEndian(body[4..]),
            BinaryPrimitives.ReadUInt32LittleEndian(body[8..]),
            (MatchingRule)body[12],
            BinaryPrimitives.ReadUInt128LittleEndian(body[16..]),
            BinaryPrimitives.ReadUInt128LittleEndian(body[32..]),
            BinaryPrimitives.ReadUInt64LittleEndian(body[48..]),
            symbol) { Parameters = parameters };
        return true;
    }

    /// <summary>The body in bytes.</summary>
    /// <returns>A new array.</returns>
    /// <exception cref="ArgumentException">The symbol does not fit.</exception>
    public byte[] ToBytes()
    {
        var body = new byte[Size];
        BinaryPrimitives.WriteUInt32LittleEndian(body, Market);
        BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(4), BaseAsset);
        BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(8), QuoteAsset);
        body[12] = (byte)Rule;
        BinaryPrimitives.WriteUInt128LittleEndian(body.AsSpan(16), LotSize);
        BinaryPrimitives.WriteUInt128LittleEndian(body.AsSpan(32), TickValue);
        BinaryPrimitives.WriteUInt64LittleEndian(body.AsSpan(48), PublicationDelay);
        Entries.Symbol.Write(Symbol, body.AsSpan(56, 16));
        Parameters.Write(body.AsSpan(FirstSize));
        return body;
    }
}
