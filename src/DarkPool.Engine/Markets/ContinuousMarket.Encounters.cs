using System.Runtime.CompilerServices;
using DarkPool.Engine.Orders;
using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Markets;

/// <summary>
/// Matching with minimums (as on the dark order types of TSX), self-trade prevention and counterparty rules. A market where nothing of
/// the kind is set never comes here.
/// </summary>
internal sealed partial class ContinuousMarket
{
    /// <summary>Whether somebody may have to be passed over, or may not trade with himself.</summary>
    private bool IsSelective(in Incoming taker) =>
        RestingMinimums != 0 || State.Counterparties.Any || taker.HasMinimum || taker.SelfTrade != SelfTradePrevention.Default;

    /// <summary>Whether an arriving order would trade, or end itself or another, at once.</summary>
    private bool WouldMeet(in Incoming taker)
    {
        if (!Book.Crosses(taker.Side, taker.Price)) return false;
        if (!IsSelective(taker)) return true;
        var traded = Book.Foresee(taker.Side, taker.Price, taker.Lots, new EncounterRule(this, taker), out var meets);
        return meets && traded >= taker.Minimum.Sum(taker.Lots);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private TakerOutcome TradeSelectively<TSink>(in Incoming taker, ref OrderDetail detail, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        var rule = new EncounterRule(this, taker);
        var least = taker.IsWhole ? taker.Lots : taker.Minimum.Sum(taker.Lots);
        if (least != 0 && Book.Foresee(taker.Side, taker.Price, taker.Lots, rule, out _) < least) return new TakerOutcome(taker.Lots);
        if (detail.ReceiveCell == 0) detail.ReceiveCell = State.Ledger.FindOrOpen(taker.Account, Receives(taker.Side));
        var encounters = new Encounters<TSink>(this, rule, new Fills<TSink>(this, taker, detail, ref sink), ref sink);
        var remaining = Book.Meet(taker.Side, taker.Price, taker.Lots, ref encounters);
        Settle(taker, detail, remaining, encounters.Totals);
        return new TakerOutcome(remaining, encounters.IsCancelled, encounters.LastDecrement);
    }

    /// <summary>What becomes of the taker and a maker.</summary>
    private readonly struct EncounterRule(ContinuousMarket market, Incoming taker) : IEncounterRule
    {
        private readonly Incoming _taker = taker;

        public ulong Each => _taker.Minimum.Interaction;

        public Encounter Judge(uint slot, in OrderNode maker, ulong lots)
        {
            var state = market.State;
            var trade = Math.Min(lots, maker.Lots);
            if (trade < _taker.Minimum.Each(lots)) return Encounter.PassOver;
            ref readonly var detail = ref state.Orders.Details[slot];
            if (detail.HasMinimum && trade < state.Orders.Details.Minimum(slot).AtRest(maker.Lots)) return Encounter.PassOver;
            if (state.Counterparties.Any && !state.Counterparties.MayTrade(_taker.Account, maker.Owner)) return Encounter.PassOver;
            if (_taker.SelfTrade == SelfTradePrevention.Default) return Encounter.Trade;
            return state.Counterparties.AreOne(_taker.Account, maker.Owner) ? Prevented(_taker.SelfTrade) : Encounter.Trade;
        }

        private static Encounter Prevented(SelfTradePrevention way) => way switch
        {
            SelfTradePrevention.CancelNewest => Encounter.CancelTaker,
            SelfTradePrevention.CancelOldest => Encounter.CancelMaker,
            SelfTradePrevention.CancelBoth => Encounter.CancelBoth,
            _ => Encounter.Decrement,
        };
    }

    /// <summary>Carries encounters out.</summary>
    private ref struct Encounters<TSink>(ContinuousMarket market, EncounterRule rule, Fills<TSink> fills, ref TSink sink) : IEncounterSink
        where TSink : struct, IVenueSink
    {
        private readonly ref TSink _sink = ref sink;
        private Fills<TSink> _fills = fills;

        public readonly ulong Each => rule.Each;

        public readonly TakerTotals Totals => _fills.Totals;

        /// <summary>Whether the taker is to end.</summary>
        public bool IsCancelled { get; private set; }

        /// <summary>The lots that a decrement took from the taker last.</summary>
        public ulong LastDecrement { get; private set; }

        public readonly Encounter Judge(uint slot, in OrderNode maker, ulong lots) => rule.Judge(slot, maker, lots);

        public void Traded(uint slot, in OrderNode maker, long price, ulong lots, ulong remaining, ulong wanted)
        {
            if (market.State.Orders.Details[slot].HasMinimum)
            {
                if (remaining == 0) market.RestingMinimums--;
                else market.Shrank(slot, remaining + lots, remaining);
            }

            _fills.Traded(slot, maker, price, lots, remaining, wanted);
        }

        public readonly void Filled(uint slot, in OrderNode maker) => _fills.Filled(slot, maker);

        public readonly void CancelMaker(uint slot)
        {
            ref readonly var maker = ref market.Book.Order(slot);
            market.Cancel(slot, market.State.Orders.HashOf(maker.Owner, maker.Id), CancelReason.SelfTrade, ref _sink);
        }

        public void CancelTaker() => IsCancelled = true;

        public void Decrement(uint slot, ulong by, ulong left)
        {
            var maker = market.Book.Order(slot);
            if (maker.Lots == by)
            {
                CancelMaker(slot);
            }
            else
            {
                ref readonly var detail = ref market.State.Orders.Details[slot];
                var (side, price) = (market.Book.SideOf(slot), market.Book.PriceOf(slot));
                var released = market.HoldOf(side, price, maker.Lots, detail.FeeMillionths)
                    - market.HoldOf(side, price, maker.Lots - by, detail.FeeMillionths);
                market.State.Ledger.Release(detail.PayCell, released);
                market.Book.Reduce(slot, maker.Lots - by);
                if (detail.HasMinimum) market.Shrank(slot, maker.Lots, maker.Lots - by);
                market.ReportReduction(maker.Owner, maker.Id, by, maker.Lots - by, ref _sink);
            }

            if (left != 0) market.ReportReduction(_fills.Taker.Account, _fills.Taker.ClientOrderId, by, left, ref _sink);
            else (IsCancelled, LastDecrement) = (true, by);
        }
    }
}
