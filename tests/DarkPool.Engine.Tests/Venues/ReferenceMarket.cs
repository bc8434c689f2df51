using DarkPool.Engine.Markets;
using DarkPool.Engine.Tests.Trading;
using DarkPool.Engine.Tests.Trading.Auctions;
using DarkPool.Engine.Tests.Trading.Midpoint;

namespace DarkPool.Engine.Tests.Venues;

/// <summary>A market of the reference venue, with the plain book of its rule; in that book an order's id is when it was placed.</summary>
internal sealed class ReferenceMarket
{
    public ReferenceMarket(MarketTerms terms)
    {
        Terms = terms;
        Desk = new PlainConditionalDesk(Midpoint);
    }

    public MarketTerms Terms { get; set; }

    public PlainAuctionBook Auction { get; } = new();

    public RecordingAuctionSink Auctioned = new();

    /// <summary>When the open auction closes.</summary>
    public BlockTime? Closes { get; set; }

    /// <summary>The last auction's price.</summary>
    public long? LastPrice { get; set; }

    public PlainMidpointBook Midpoint { get; } = new();

    public RecordingBookSink Crossed = new();

    public PlainConditionalDesk Desk { get; }

    public RecordingConditionalSink Conditional = new();

    /// <summary>The latest quote's middle that was not crossed.</summary>
    public long? LastMiddle { get; set; }

    /// <summary>Where the latest quote's middle had to lie.</summary>
    public (long Low, long High) Collar { get; set; } = (long.MinValue, long.MaxValue);
}
