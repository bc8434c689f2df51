using DarkPool.Engine.Markets;
using DarkPool.Engine.Trading.Auctions;

namespace DarkPool.Engine.Snapshots;

/// <summary>A market's parameters as bytes: for snapshots, and for the journal when they change.</summary>
internal static class ParameterSnapshot
{
    /// <summary>The size in bytes.</summary>
    public const int Size = 4 + 4 + Digest.Size + 8 + 8 + 4 + 8 + 4 + 4 + 4 + 8 + 4 + 8 + 8 + 1 + 8 + 4 + 8 + 8;

    public static void Write(SnapshotWriter writer, MarketParameters parameters)
    {
        writer.UInt32(parameters.Fees.MakerMillionths);
        writer.UInt32(parameters.Fees.TakerMillionths);
        writer.Digest(parameters.Fees.Account);
        writer.UInt64(parameters.Orders.MaximumQuantity);
        writer.UInt64(parameters.Orders.MinimumImmediateQuantity);
        writer.UInt32(parameters.Orders.ImmediateOrders);
        writer.Int64(parameters.Orders.ImmediateWindowMicroseconds);
        writer.UInt32(parameters.Orders.MaximumOpenOrders);
        writer.UInt32(parameters.Orders.CollarBasisPoints);
        writer.UInt32(parameters.Reference.Feed);
        writer.Int64(parameters.Reference.StalenessMicroseconds);
        writer.UInt32(parameters.Reference.MidpointCollarBasisPoints);
        writer.Int64(parameters.Auction.IntervalMicroseconds);
        writer.Int64(parameters.Auction.CloseWindowMicroseconds);
        writer.Byte((byte)parameters.Auction.Allocation);
        writer.Int64(parameters.Conditional.FirmUpMicroseconds);
        writer.UInt32(parameters.Conditional.FirmUpRateFloorBasisPoints);
        writer.UInt64(parameters.Conditional.MinimumQuantity);
        writer.Int64(parameters.SessionEndMicroseconds);
    }

    public static MarketParameters Read(ref SnapshotReader reader) => new()
    {
        Fees = new FeeTerms { MakerMillionths = reader.UInt32(), TakerMillionths = reader.UInt32(), Account = reader.Digest() },
        Orders = new OrderLimits
        {
            MaximumQuantity = reader.UInt64(),
            MinimumImmediateQuantity = reader.UInt64(),
            ImmediateOrders = reader.UInt32(),
            ImmediateWindowMicroseconds = reader.Int64(),
            MaximumOpenOrders = reader.UInt32(),
            CollarBasisPoints = reader.UInt32(),
        },
        Reference = new ReferenceTerms
        {
            Feed = reader.UInt32(),
            StalenessMicroseconds = reader.Int64(),
            MidpointCollarBasisPoints = reader.UInt32(),
        },
        Auction = new AuctionTerms
        {
            IntervalMicroseconds = reader.Int64(),
            CloseWindowMicroseconds = reader.Int64(),
            Allocation = (AuctionAllocation)reader.Byte(),
        },
        Conditional = new ConditionalTerms
        {
            FirmUpMicroseconds = reader.Int64(),
            FirmUpRateFloorBasisPoints = reader.UInt32(),
            MinimumQuantity = reader.UInt64(),
        },
        SessionEndMicroseconds = reader.Int64(),
    };
}
