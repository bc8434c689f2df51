using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Tests.Trading;

/// <summary>Anything a book told its sink, in one shape that can be compared and printed.</summary>
internal abstract record BookEvent
{
    public sealed record Accepted(ulong Id, Side Side, long Price, ulong Lots) : BookEvent;

    public sealed record Traded(BookTrade Trade) : BookEvent;

    public sealed record Cancelled(ulong Id, ulong Remaining, CancelReason Reason) : BookEvent;

    public sealed record Replaced(ulong Id, long Price, ulong Lots, bool Kept) : BookEvent;

    public sealed record Rejected(ulong Id, BookRejection Reason) : BookEvent;
}

/// <summary>Keeps everything.</summary>
internal readonly struct RecordingBookSink() : IBookSink
{
    public List<BookEvent> Events { get; } = [];

    public void Accepted(ulong id, Side side, Price price, Quantity quantity) =>
        Events.Add(new BookEvent.Accepted(id, side, price.Ticks, quantity.Lots));

    public void Traded(in BookTrade trade) => Events.Add(new BookEvent.Traded(trade));

    public void Cancelled(ulong id, Quantity remaining, CancelReason reason) =>
        Events.Add(new BookEvent.Cancelled(id, remaining.Lots, reason));

    public void Replaced(ulong id, Price price, Quantity quantity, bool keptPriority) =>
        Events.Add(new BookEvent.Replaced(id, price.Ticks, quantity.Lots, keptPriority));

    public void Rejected(ulong id, BookRejection reason) => Events.Add(new BookEvent.Rejected(id, reason));
}

/// <summary>Adds up what was traded.</summary>
internal struct CountingBookSink : IBookSink
{
    public ulong TradedLots { get; private set; }

    public long Trades { get; private set; }

    public readonly void Accepted(ulong id, Side side, Price price, Quantity quantity)
    {
    }

    public void Traded(in BookTrade trade)
    {
        TradedLots += trade.Quantity.Lots;
        Trades++;
    }

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
