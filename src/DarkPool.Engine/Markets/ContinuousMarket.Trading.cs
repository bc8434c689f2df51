using System.Runtime.CompilerServices;
using DarkPool.Engine.Journals;
using DarkPool.Engine.Orders;
using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Markets;

/// <summary>How an arriving order trades, and who is paid.</summary>
internal sealed partial class ContinuousMarket
{
    /// <summary>What became of an arriving order: what is open, and whether that is to be cancelled.</summary>
    /// <param name="Remaining">Open lots.</param>
    /// <param name="IsCancelled">Whether self-trade prevention ended it.</param>
    /// <param name="LastDecrement">The lots that a decrement took when it ended it; they are reported as unfilled.</param>
    private readonly record struct TakerOutcome(ulong Remaining, bool IsCancelled = false, ulong LastDecrement = 0);

    /// <summary>
    /// Trades what can be traded and settles it. Each maker is settled at its trade; the taker once, with the sums of its trades.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TakerOutcome Trade<TSink>(in Incoming taker, ref OrderDetail detail, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        if (!Book.Crosses(taker.Side, taker.Price)) return new TakerOutcome(taker.Lots);
        if (IsSelective(taker)) return TradeSelectively(taker, ref detail, ref sink);
        if (taker.IsWhole && !Book.CanFill(taker.Side, taker.Price, taker.Lots)) return new TakerOutcome(taker.Lots);
        if (detail.ReceiveCell == 0) detail.ReceiveCell = State.Ledger.FindOrOpen(taker.Account, Receives(taker.Side));
        var fills = new Fills<TSink>(this, taker, detail, ref sink);
        var remaining = Book.Match(taker.Side, taker.Price, taker.Lots, ref fills);
        Settle(taker, detail, remaining, fills.Totals);
        return new TakerOutcome(remaining);
    }

    /// <summary>Releases what a taker held for lots that are not open any more and that it did not spend; counts its trades.</summary>
    private void Settle(in Incoming taker, in OrderDetail detail, ulong remaining, in TakerTotals totals)
    {
        var excess = ExcessOf(taker, detail.FeeMillionths, remaining, totals);
        if (excess != 0) State.Ledger.Release(detail.PayCell, excess);
        if (totals.Trades != 0) Pending.Add(totals.Trades, totals.Lots, totals.Notional, DueAfter(State.Time));
    }

    private UInt128 ExcessOf(in Incoming taker, uint feeMillionths, ulong remaining, in TakerTotals totals)
    {
        // The usual case is short: a seller held just what it gave, a buyer its limit for every lot.
        if (feeMillionths == 0 && totals.Lots == taker.Lots - remaining)
            return taker.Side == Side.Buy ? Notional(taker.Price, totals.Lots) - totals.Notional : 0;
        var spent = taker.Side == Side.Buy ? totals.Notional + totals.Fees : BaseOf(totals.Lots);
        return HoldOf(taker.Side, taker.Price, taker.Lots, feeMillionths)
            - HoldOf(taker.Side, taker.Price, remaining, feeMillionths) - spent;
    }

    /// <summary>A trade with a resting buyer, which held its most fee for the lots and is given back what that was too much.</summary>
    private void ExchangeWithBidder(
        in Bidder bidder, in Party buyer, in Party seller, UInt128 notional, ulong lots)
    {
        Exchange(buyer, seller, notional, BaseOf(lots));
        if (bidder.FeeMillionths == 0) return;
        var excess = HoldOf(Side.Buy, bidder.Price, bidder.Remaining + lots, bidder.FeeMillionths)
            - HoldOf(Side.Buy, bidder.Price, bidder.Remaining, bidder.FeeMillionths) - notional - buyer.Fee;
        if (excess != 0) State.Ledger.Release(buyer.PayCell, excess);
    }

    /// <summary>A resting buyer: its limit, what stays open, and the most fee that it holds.</summary>
    private readonly record struct Bidder(long Price, ulong Remaining, uint FeeMillionths);

    /// <summary>Sums over the trades of one taker.</summary>
    private struct TakerTotals
    {
        public uint Trades;
        public ulong Lots;
        public UInt128 Notional;
        public UInt128 Fees;
    }

    /// <summary>Books the trades of one taker.</summary>
    private ref struct Fills<TSink>(ContinuousMarket market, Incoming taker, OrderDetail detail, ref TSink sink) : ITradeSink
        where TSink : struct, IVenueSink
    {
        private readonly ref TSink _sink = ref sink;
        private readonly Incoming _taker = taker;

        /// <summary>What it came to so far.</summary>
        public TakerTotals Totals;

        public void Traded(uint slot, in OrderNode maker, long price, ulong lots, ulong remaining, ulong wanted)
        {
            var state = market.State;
            Totals.Trades++;
            Totals.Lots += lots;
            var notional = market.Notional(price, lots);
            Totals.Notional += notional;
            ref var order = ref state.Orders.Details[slot];
            var makerFee = market.MakerFee(notional, order.FeeMillionths);
            var takerFee = market.TakerFee(notional, detail.FeeMillionths);
            Totals.Fees += takerFee;
            if (order.ReceiveCell == 0) order.ReceiveCell = state.Ledger.FindOrOpen(maker.Owner, market.PaysWith(_taker.Side));
            var ofMaker = new Party(order.PayCell, order.ReceiveCell, makerFee);
            var ofTaker = new Party(detail.PayCell, detail.ReceiveCell, takerFee);
            if (_taker.Side == Side.Buy) market.Exchange(ofTaker, ofMaker, notional, market.BaseOf(lots));
            else market.ExchangeWithBidder(new Bidder(price, remaining, order.FeeMillionths), ofMaker, ofTaker, notional, lots);
            state.Journal.Write(JournalKind.Traded, (byte)_taker.Side, market.Number, maker.Owner, maker.Id, (ulong)price, lots);
            Report(maker, price, lots, remaining, wanted, ++state.Trades, makerFee, takerFee);
        }

        public readonly void Filled(uint slot, in OrderNode maker)
        {
            var orders = market.State.Orders;
            orders.End(slot, orders.HashOf(maker.Owner, maker.Id), OrderEnd.Filled);
        }

        public readonly Incoming Taker => _taker;

        private readonly void Report(
            in OrderNode maker, long price, ulong lots, ulong remaining, ulong wanted, ulong trade, UInt128 makerFee, UInt128 takerFee)
        {
            var fill = new OrderFill
            {
                ClientOrderId = maker.Id,
                TradeId = trade,
                Market = market.Number,
                Side = LimitBook.Opposite(_taker.Side),
                Liquidity = Liquidity.Maker,
                Price = new Price(price),
                Quantity = new Quantity(lots),
                Remaining = new Quantity(remaining),
                Fee = makerFee,
            };
            _sink.OrderFilled(maker.Owner, fill);
            _sink.OrderFilled(_taker.Account, fill with
            {
                ClientOrderId = _taker.ClientOrderId,
                Side = _taker.Side,
                Liquidity = Liquidity.Taker,
                Remaining = new Quantity(wanted),
                Fee = takerFee,
            });
        }
    }
}
