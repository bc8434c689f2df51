using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Aot;

/// <summary>Writes a line per trade, and what else happened in sum.</summary>
internal struct Tape(TextWriter output) : IBookSink
{
    private long _accepted;
    private long _cancelled;
    private long _replaced;
    private long _rejected;
    private ulong _lots;

    public void Accepted(ulong id, Side side, Price price, Quantity quantity) => _accepted++;

    public void Traded(in BookTrade trade)
    {
        _lots += trade.Quantity.Lots;
        output.WriteLine(FormattableString.Invariant(
            $"{trade.MakerId} {trade.TakerId} {(int)trade.TakerSide} {trade.Price.Ticks} {trade.Quantity.Lots}"));
    }

    public void Cancelled(ulong id, Quantity remaining, CancelReason reason) => _cancelled++;

    public void Replaced(ulong id, Price price, Quantity quantity, bool keptPriority) => _replaced++;

    public void Rejected(ulong id, BookRejection reason) => _rejected++;

    /// <summary>Writes the sums, and what is left in the book.</summary>
    public readonly void End(ContinuousBook book) => output.WriteLine(FormattableString.Invariant(
        $"accepted {_accepted} cancelled {_cancelled} replaced {_replaced} rejected {_rejected} lots {_lots} resting {book.Count}"));
}
