using System.Runtime.CompilerServices;
using DarkPool.Engine.Journals;
using DarkPool.Engine.Orders;
using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Markets;

/// <summary>How an arriving order trades, and who is paid.</summary>
internal sealed partial class ContinuousMarket
{
    /// <summary>An order that arrives or re-enters, its whole hold already held.</summary>
    private readonly record struct Incoming(uint Account, ulong ClientOrderId, Side Side, long Price, ulong Lots);

    /// <summary>
    /// Trades what can be traded and settles it. Each maker is settled at its trade; the taker once, with the sums of its trades.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Trade<TSink>(in Incoming taker, ref OrderDetail detail, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        if (!Book.Crosses(taker.Side, taker.Price)) return taker.Lots;
        if (detail.ReceiveCell == 0) detail.ReceiveCell = state.Ledger.FindOrOpen(taker.Account, Receives(taker.Side));
        var fills = new Fills<TSink>(this, taker, detail, ref sink);
        var remaining = Book.Match(taker.Side, taker.Price, taker.Lots, ref fills);
        Settle(taker, detail, taker.Lots - remaining, fills.Count, fills.Notional);
        return remaining;
    }

    private void Settle(in Incoming taker, in OrderDetail detail, ulong lots, uint trades, UInt128 notional)
    {
        // A buyer held its own limit for every lot; the makers were cheaper or as dear.
        if (taker.Side == Side.Buy)
        {
            var excess = Notional(taker.Price, lots) - notional;
            if (excess != 0) state.Ledger.Release(detail.PayCell, excess);
        }

        Pending.Add(trades, lots, notional, DueAfter(state.Time));
    }

    /// <summary>Books the trades of one taker.</summary>
    private ref struct Fills<TSink>(ContinuousMarket market, Incoming taker, OrderDetail detail, ref TSink sink) : ITradeSink
        where TSink : struct, IVenueSink
    {
        private readonly ref TSink _sink = ref sink;
        private ulong _wanted = taker.Lots;

        public uint Count { get; private set; }

        public UInt128 Notional { get; private set; }

        public void Traded(uint slot, in OrderNode maker, long price, ulong lots, ulong remaining)
        {
            var state = market.State;
            _wanted -= lots;
            Count++;
            var notional = market.Notional(price, lots);
            Notional += notional;
            Book(slot, maker.Owner, notional, market.BaseOf(lots));
            state.Journal.Write(JournalKind.Traded, (byte)taker.Side, market.Number, maker.Owner, maker.Id, (ulong)price, lots);
            Report(maker, price, lots, remaining, ++state.Trades);
            if (remaining == 0) state.Orders.Remove(slot, state.Orders.HashOf(maker.Owner, maker.Id));
        }

        private readonly void Book(uint slot, uint account, UInt128 notional, UInt128 legOfBase)
        {
            var ledger = market.State.Ledger;
            ref var order = ref market.State.Orders.Details[slot];
            if (order.ReceiveCell == 0) order.ReceiveCell = ledger.FindOrOpen(account, market.PaysWith(taker.Side));
            var takerBuys = taker.Side == Side.Buy;
            ledger.Pay(order.PayCell, detail.ReceiveCell, takerBuys ? legOfBase : notional);
            ledger.Pay(detail.PayCell, order.ReceiveCell, takerBuys ? notional : legOfBase);
        }

        private readonly void Report(in OrderNode maker, long price, ulong lots, ulong remaining, ulong trade)
        {
            var fill = new OrderFill
            {
                ClientOrderId = maker.Id,
                TradeId = trade,
                Market = market.Number,
                Side = LimitBook.Opposite(taker.Side),
                Liquidity = Liquidity.Maker,
                Price = new Price(price),
                Quantity = new Quantity(lots),
                Remaining = new Quantity(remaining),
            };
            _sink.OrderFilled(maker.Owner, fill);
            _sink.OrderFilled(taker.Account, fill with
            {
                ClientOrderId = taker.ClientOrderId,
                Side = taker.Side,
                Liquidity = Liquidity.Taker,
                Remaining = new Quantity(_wanted),
            });
        }
    }
}
