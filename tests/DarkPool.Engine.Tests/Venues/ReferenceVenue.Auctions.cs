using System.Buffers.Binary;
using System.Security.Cryptography;
using DarkPool.Engine.Trading;
using DarkPool.Engine.Trading.Auctions;

namespace DarkPool.Engine.Tests.Venues;

/// <summary>When auctions are held, and within which prices.</summary>
internal sealed partial class ReferenceVenue
{
    private ReferenceMarket? DueAuction() => _markets.Values
        .Where(market => !Halted.Contains(market.Terms.Number) && market.Closes is { } close && close <= Now)
        .MinBy(market => (market.Closes!.Value.Microseconds, market.Terms.Number));

    private void PlaceInAuction(ReferenceOrder order)
    {
        var market = order.Market;
        market.Auction.Place(
            new AuctionOrder
            {
                Id = (ulong)order.Placed,
                Owner = order.Account,
                Key = order.Id,
                Side = order.Side,
                Price = new Price(order.Price),
                Quantity = new Quantity(order.Lots),
                Minimum = MinimumOf(order),
                Execution = ExecutionOf(order),
            },
            ref market.Auctioned);
        market.Auctioned.Events.Clear();
        market.Closes ??= NextClose(market);
    }

    private void Hold(ReferenceMarket market)
    {
        var reference = ReferenceOf(market, market.Closes!.Value);
        var collar = market.Terms.Parameters.Orders.CollarBasisPoints;
        if (collar != 0 && reference is null)
        {
            market.Auction.Pass(ref market.Auctioned);
        }
        else
        {
            var (low, high) = collar == 0 ? (1, long.MaxValue) : Around(reference!.Value, collar);
            var call = new AuctionCall(
                new Price(low),
                new Price(high),
                reference is { } price ? new Price(price) : null,
                market.Terms.Parameters.Auction.Allocation,
                BinaryPrimitives.ReadUInt64LittleEndian(Draw(market).AsSpan(8)));
            market.Auction.Call(call, Distinct, ref market.Auctioned);
        }

        Tell(market);
        var waiting = _open.Any(order => order.Market == market);
        market.Closes = waiting ? NextClose(market) : null;
    }

    private BlockTime NextClose(ReferenceMarket market)
    {
        var (interval, window) = (market.Terms.Parameters.Auction.IntervalMicroseconds,
            market.Terms.Parameters.Auction.CloseWindowMicroseconds);
        var drawn = (UInt128)BinaryPrimitives.ReadUInt64LittleEndian(Draw(market)) * (UInt128)(window + 1) >> 64;
        return new BlockTime(Now.Microseconds + interval - window + (long)drawn);
    }

    /// <summary>docs/TRADING.md: H("darkpool/v1/auction draw" ‖ seed ‖ u32 market ‖ u64 auction).</summary>
    private static byte[] Draw(ReferenceMarket market)
    {
        var (number, auction) = (new byte[4], new byte[8]);
        BinaryPrimitives.WriteUInt32LittleEndian(number, market.Terms.Number);
        BinaryPrimitives.WriteUInt64LittleEndian(auction, market.Auction.Auctions);
        return SHA256.HashData([.. "darkpool/v1/auction draw"u8, .. VenueFlows.DrawSeed.ToArray(), .. number, .. auction]);
    }

    /// <summary>The later of the feed's price and its quote's middle, if it is fresh; without a feed, the last auction's price.</summary>
    private long? ReferenceOf(ReferenceMarket market, BlockTime at)
    {
        var terms = market.Terms.Parameters.Reference;
        if (terms.Feed == 0) return market.LastPrice;
        var latest = Reference;
        if (Quote is { } quote && quote.Bid <= quote.Ask && (latest is null || quote.Time >= latest.Value.Time))
            latest = ((quote.Bid + quote.Ask) / 2, quote.Time);
        if (latest is not { } known) return null;
        var stale = terms.StalenessMicroseconds != 0 && at.Microseconds - known.Time.Microseconds > terms.StalenessMicroseconds;
        return stale ? null : known.Price;
    }
}
