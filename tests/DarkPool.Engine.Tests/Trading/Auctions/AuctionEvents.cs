using DarkPool.Engine.Trading;
using DarkPool.Engine.Trading.Auctions;

namespace DarkPool.Engine.Tests.Trading.Auctions;

/// <summary>Anything an auction book told its sink.</summary>
internal abstract record AuctionEvent
{
    public sealed record Accepted(AuctionOrder Order) : AuctionEvent;

    public sealed record Held(ulong Auction, Clearing Clearing) : AuctionEvent;

    public sealed record Traded(AuctionTrade Trade) : AuctionEvent;

    public sealed record Cancelled(ulong Id, ulong Remaining, CancelReason Reason) : AuctionEvent;

    public sealed record Replaced(ulong Id, long Price, ulong Lots, bool Kept) : AuctionEvent;

    public sealed record Rejected(ulong Id, BookRejection Reason) : AuctionEvent;
}

/// <summary>Keeps everything.</summary>
internal readonly struct RecordingAuctionSink() : IAuctionSink
{
    public List<AuctionEvent> Events { get; } = [];

    public IEnumerable<AuctionTrade> Trades => Events.OfType<AuctionEvent.Traded>().Select(traded => traded.Trade);

    public void Accepted(in AuctionOrder order) => Events.Add(new AuctionEvent.Accepted(order));

    public void Held(ulong auction, Clearing clearing) => Events.Add(new AuctionEvent.Held(auction, clearing));

    public void Traded(in AuctionTrade trade) => Events.Add(new AuctionEvent.Traded(trade));

    public void Cancelled(ulong id, Quantity remaining, CancelReason reason) =>
        Events.Add(new AuctionEvent.Cancelled(id, remaining.Lots, reason));

    public void Replaced(ulong id, Price price, Quantity quantity, bool keptPriority) =>
        Events.Add(new AuctionEvent.Replaced(id, price.Ticks, quantity.Lots, keptPriority));

    public void Rejected(ulong id, BookRejection reason) => Events.Add(new AuctionEvent.Rejected(id, reason));
}

/// <summary>Counts, and keeps nothing.</summary>
internal struct CountingAuctionSink : IAuctionSink
{
    public long Trades { get; private set; }

    public readonly void Accepted(in AuctionOrder order)
    {
    }

    public readonly void Held(ulong auction, Clearing clearing)
    {
    }

    public void Traded(in AuctionTrade trade) => Trades++;

    public readonly void Cancelled(ulong id, Quantity remaining, CancelReason reason)
    {
    }

    public readonly void Replaced(ulong id, Price price, Quantity quantity, bool keptPriority)
    {
    }

    public readonly void Rejected(ulong id, BookRejection reason)
    {
    }
}

/// <summary>Owners that do not trade with themselves, nor with some of the others.</summary>
internal readonly struct GrudgeFilter(uint grudges) : ICounterpartyFilter
{
    public bool MayTrade(uint owner, uint other) =>
        grudges == 0 || (owner != other && (grudges >> (int)(((owner * 7) ^ (other * 7)) % 31) & 1) == 0);
}
