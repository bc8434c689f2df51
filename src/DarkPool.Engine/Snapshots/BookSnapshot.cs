using System.Buffers;
using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Snapshots;

/// <summary>
/// A <see cref="ContinuousBook"/> as bytes: the same resting orders give the same bytes, whatever the book went through, and the book read
/// back goes on as the first. All numbers are little-endian:
/// <code>
/// name            8   "DPBOOK01"
/// bids            4   count, then for each, best price first, oldest first: id 8, price 8, open lots 8
/// asks            4   the same
/// </code>
/// </summary>
public static class BookSnapshot
{
    private const int OrderSize = 24;

    private static ReadOnlySpan<byte> Name => "DPBOOK01"u8;

    /// <summary>Writes a book.</summary>
    public static void Write(ContinuousBook book, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(book);
        var writer = new SnapshotWriter(output);
        writer.Bytes(Name);
        WriteSide(book, Side.Buy, writer);
        WriteSide(book, Side.Sell, writer);
    }

    /// <summary>Reads a book.</summary>
    /// <param name="bytes">What <see cref="Write"/> wrote.</param>
    /// <param name="hashSeed">As in the constructor of the book; any number, and not that of the book that was written.</param>
    /// <exception cref="InvalidDataException">The bytes are not such a snapshot, or tell of a book that cannot be.</exception>
    public static ContinuousBook Read(ReadOnlySpan<byte> bytes, ulong hashSeed = 0)
    {
        var reader = new SnapshotReader(bytes);
        SnapshotReader.Require(reader.TryName(Name), "it has another name");
        var book = new ContinuousBook(hashSeed: hashSeed);
        ReadSide(book, Side.Buy, ref reader);
        ReadSide(book, Side.Sell, ref reader);
        SnapshotReader.Require(reader.IsAtEnd, "bytes follow its end");
        return book;
    }

    private static void WriteSide(ContinuousBook book, Side side, SnapshotWriter writer)
    {
        writer.UInt32((uint)book.Orders(side).Count());
        foreach (var order in book.Orders(side))
        {
            writer.UInt64(order.Id);
            writer.Int64(order.Price.Ticks);
            writer.UInt64(order.Remaining.Lots);
        }
    }

    private static void ReadSide(ContinuousBook book, Side side, ref SnapshotReader reader)
    {
        var sink = default(NoSink);
        var last = side == Side.Buy ? long.MaxValue : long.MinValue;
        for (var left = reader.Count(OrderSize); left != 0; left--)
        {
            var (id, price, lots) = (reader.UInt64(), reader.Int64(), reader.UInt64());
            SnapshotReader.Require(side == Side.Buy ? price <= last : price >= last, "its prices are not in order");
            last = price;
            var reason = book.Place(id, side, new Price(price), new Quantity(lots), Execution.PostOnly, ref sink);
            SnapshotReader.Require(reason == BookRejection.None, "it holds an order that no book can");
        }
    }

    /// <summary>Nobody is told: the orders were accepted long ago.</summary>
    private readonly struct NoSink : IBookSink
    {
        public void Accepted(ulong id, Side side, Price price, Quantity quantity)
        {
        }

        public void Traded(in BookTrade trade)
        {
        }

        public void Cancelled(ulong id, Quantity remaining, CancelReason reason)
        {
        }

        public void Replaced(ulong id, Price price, Quantity quantity, bool keptPriority)
        {
        }

        public void Rejected(ulong id, BookRejection reason)
        {
        }
    }
}
