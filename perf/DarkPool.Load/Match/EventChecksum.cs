using DarkPool.Engine.Trading;

namespace DarkPool.Load.Match;

/// <summary>
/// Consumes every field of every event into one number: two books that agree on it told the same story in the same order.
/// </summary>
internal struct EventChecksum : IBookSink
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    /// <summary>The checksum so far.</summary>
    public ulong Value { get; private set; }

    /// <summary>Lots traded so far.</summary>
    public ulong TradedLots { get; private set; }

    public void Accepted(ulong id, Side side, Price price, Quantity quantity) => Add(id, (ulong)price.Ticks, quantity.Lots + (ulong)side);

    public void Traded(in BookTrade trade)
    {
        TradedLots += trade.Quantity.Lots;
        Add(trade.MakerId, (ulong)trade.Price.Ticks, trade.Quantity.Lots);
        Add(trade.TakerId, trade.MakerRemaining.Lots, trade.TakerRemaining.Lots + (ulong)trade.TakerSide);
    }

    public void Cancelled(ulong id, Quantity remaining, CancelReason reason) => Add(id, remaining.Lots, (ulong)reason);

    public void Replaced(ulong id, Price price, Quantity quantity, bool keptPriority) =>
        Add(id, (ulong)price.Ticks, quantity.Lots + (keptPriority ? 1UL : 0));

    public void Rejected(ulong id, BookRejection reason) => Add(id, 0, (ulong)reason);

    private void Add(ulong first, ulong second, ulong third) => Value = (Value + first) * Multiplier + (second ^ (third << 32));
}
