using DarkPool.Engine.Journals;
using DarkPool.Engine.Orders;
using DarkPool.Engine.Trading;
using DarkPool.Engine.Trading.Auctions;

namespace DarkPool.Engine.Markets;

/// <summary>
/// Resting orders to buy as buyers of collateral: all at the one price that an auction found, which none of their limits is below. What an
/// order holds beyond it is released. Orders with a minimum do not take part.
/// </summary>
internal sealed partial class ContinuousMarket
{
    private readonly List<uint> _meeting = [];

    /// <summary>What rests to buy, best first.</summary>
    /// <param name="lowest">Only limits of this and above, in ticks.</param>
    /// <param name="levels">Where to put them.</param>
    /// <returns>How many levels there are.</returns>
    public int RestingBuys(long lowest, Span<AuctionLevel> levels)
    {
        var ladder = Book.Ladder(Side.Buy);
        var count = 0;
        for (var (key, level) = (ladder.BestKey, ladder.BestLevel); level != 0 && count < levels.Length;)
        {
            var price = LimitBook.Key(Side.Buy, key);
            if (price < lowest) break;
            var lots = LotsOfLevel(level);
            if (lots != 0) levels[count++] = new AuctionLevel(price, lots);
            if (!ladder.TryNext(key, out key, out level)) break;
        }

        return count;
    }

    /// <summary>Sells lots to the best resting orders, oldest first of a limit, all at one price.</summary>
    /// <param name="seller">Its cell of the base asset, which has the lots free, and its cell of the quote asset.</param>
    /// <param name="lots">No more than <see cref="RestingBuys"/> named at the price and above.</param>
    /// <param name="ticks">The price.</param>
    /// <param name="fills">Takes what the buyers are to be told.</param>
    public void SellAtOnePrice((uint Base, uint Quote) seller, ulong lots, long ticks, List<(uint Account, OrderFill Fill)> fills)
    {
        ChooseBuyers(lots);
        State.Ledger.Hold(seller.Base, BaseOf(lots));
        var (left, notional) = (lots, UInt128.Zero);
        foreach (var slot in _meeting)
        {
            var traded = Math.Min(left, Book.Order(slot).Lots);
            left -= traded;
            notional += SellTo(slot, seller, traded, ticks, fills);
        }

        Pending.Add((uint)_meeting.Count, lots, notional, DueAfter(State.Time));
    }

    private void ChooseBuyers(ulong lots)
    {
        _meeting.Clear();
        foreach (var slot in Book.Slots(Side.Buy))
        {
            if (State.Orders.Details[slot].HasMinimum) continue;
            _meeting.Add(slot);
            var open = Book.Order(slot).Lots;
            if (open >= lots) return;
            lots -= open;
        }

        throw new InvalidOperationException("More was sold than was asked for.");
    }

    private UInt128 SellTo(
        uint slot, (uint Base, uint Quote) seller, ulong lots, long ticks, List<(uint Account, OrderFill Fill)> fills)
    {
        var (order, limit) = (Book.Order(slot), Book.PriceOf(slot));
        var remaining = order.Lots - lots;
        ref var detail = ref State.Orders.Details[slot];
        if (detail.ReceiveCell == 0) detail.ReceiveCell = State.Ledger.FindOrOpen(order.Owner, Terms.BaseAsset);
        var notional = Notional(ticks, lots);
        var fee = MakerFee(notional, detail.FeeMillionths);
        var excess = HoldOf(Side.Buy, limit, order.Lots, detail.FeeMillionths)
            - HoldOf(Side.Buy, limit, remaining, detail.FeeMillionths) - notional - fee;
        Exchange(new Party(detail.PayCell, detail.ReceiveCell, fee), new Party(seller.Base, seller.Quote, 0), notional, BaseOf(lots));
        if (excess != 0) State.Ledger.Release(detail.PayCell, excess);
        State.Journal.Write(JournalKind.CollateralFilled, 0, Number, order.Owner, order.Id, (ulong)ticks, lots);
        fills.Add((order.Owner, new OrderFill
        {
            ClientOrderId = order.Id,
            TradeId = ++State.Trades,
            Market = Number,
            Side = Side.Buy,
            Liquidity = Liquidity.Cross,
            Price = new Price(ticks),
            Quantity = new Quantity(lots),
            Remaining = new Quantity(remaining),
            Fee = fee,
        }));
        if (remaining != 0)
        {
            Book.Reduce(slot, remaining);
            return notional;
        }

        State.Orders.End(slot, State.Orders.HashOf(order.Owner, order.Id), OrderEnd.Filled);
        Book.Remove(slot);
        return notional;
    }

    private UInt128 LotsOfLevel(uint level)
    {
        if (RestingMinimums == 0) return Book.Order(level).LevelLots;
        UInt128 lots = 0;
        for (var slot = Book.Order(level).Next; slot != level; slot = Book.Order(slot).Next)
        {
            if (!State.Orders.Details[slot].HasMinimum) lots += Book.Order(slot).Lots;
        }

        return lots;
    }
}
