using DarkPool.Engine.Memory;

namespace DarkPool.Engine.Trading.Auctions;

/// <summary>The auction itself.</summary>
public sealed partial class AuctionBook
{
    private Immediate[] _immediates = new Immediate[SmallestCapacity];
    private int _immediateCount;

    /// <summary>An order for one auction only. Sorts as nobody's arrival decides.</summary>
    private readonly record struct Immediate(uint Owner, ulong Key, uint Slot) : IComparable<Immediate>
    {
        public int CompareTo(Immediate other)
        {
            var order = Owner.CompareTo(other.Owner);
            return order != 0 ? order : Key.CompareTo(other.Key);
        }
    }

    /// <summary>Holds an auction: trades what can trade at one price, then ends what was there for this auction only.</summary>
    public Clearing Call<TSink, TFilter>(in AuctionCall call, TFilter filter, ref TSink sink)
        where TSink : struct, IAuctionSink, allows ref struct
        where TFilter : struct, ICounterpartyFilter
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(call.Low, call.High);
        var clearing = TryGather(call, out var reference)
            ? _cross.Auction(call.Low.Ticks, call.High.Ticks, reference, call.Allocation, filter)
            : default;
        if (clearing.Volume == 0) clearing = default;
        sink.Held(Auctions, clearing);
        if (clearing.Volume != 0) Trade(clearing, ref sink);
        Auctions++;
        EndImmediates(ref sink);
        return clearing;
    }

    /// <summary>Lets an auction go by in which nothing may trade: orders grow older, and what was there for it alone ends.</summary>
    public void Pass<TSink>(ref TSink sink)
        where TSink : struct, IAuctionSink, allows ref struct
    {
        sink.Held(Auctions, default);
        Auctions++;
        EndImmediates(ref sink);
    }

    /// <summary>Picks the orders that could trade at any price between the best offer and the best bid; false if there is none.</summary>
    private bool TryGather(in AuctionCall call, out long reference)
    {
        reference = 0;
        var (buys, sells) = (_book.Ladder(Side.Buy), _book.Ladder(Side.Sell));
        if (buys.BestLevel == 0 || sells.BestLevel == 0) return false;
        var highest = Math.Min(LimitBook.Key(Side.Buy, buys.BestKey), call.High.Ticks);
        var lowest = Math.Max(LimitBook.Key(Side.Sell, sells.BestKey), call.Low.Ticks);
        if (highest < lowest) return false;
        reference = call.Reference is { } given ? given.Ticks : (long)(((Int128)highest + lowest) >> 1);
        _cross.Clear();
        Gather(Side.Buy, lowest, _cross.Buys, call.Draw);
        Gather(Side.Sell, highest, _cross.Sells, call.Draw);
        return true;
    }

    private void Gather(Side side, long limit, CrossSide into, ulong draw)
    {
        var ladder = _book.Ladder(side);
        var threshold = LimitBook.Key(side, limit);
        var (key, level) = (ladder.BestKey, ladder.BestLevel);
        while (level != 0 && key >= threshold)
        {
            for (var slot = _book.Order(level).Next; slot != level; slot = _book.Order(slot).Next)
            {
                ref readonly var node = ref _book.Order(slot);
                ref readonly var attributes = ref _attributes[slot];
                into.Add(new CrossOrder
                {
                    Rank = into.RankOf(LimitBook.Key(side, key)),
                    Cohort = attributes.Cohort,
                    Ticket = Ticket(draw, node.Owner, attributes.Key),
                    Key = attributes.Key,
                    Owner = node.Owner,
                    Slot = slot,
                    Open = node.Lots,
                    Offered = node.Lots,
                    Required = attributes.Execution == Execution.FillOrKill ? node.Lots : attributes.Minimum.Sum(node.Lots),
                    Minimum = attributes.Minimum,
                });
            }

            if (!ladder.TryNext(key, out key, out level)) break;
        }
    }

    private void Trade<TSink>(in Clearing clearing, ref TSink sink)
        where TSink : struct, IAuctionSink, allows ref struct
    {
        foreach (ref readonly var pair in _cross.Pairs)
        {
            ref var buy = ref _cross.Buys.Orders[pair.Buy];
            ref var sell = ref _cross.Sells.Orders[pair.Sell];
            buy.Open -= pair.Lots;
            sell.Open -= pair.Lots;
            sink.Traded(new AuctionTrade(
                _book.Order(buy.Slot).Id,
                _book.Order(sell.Slot).Id,
                new Price(clearing.Ticks),
                new Quantity(pair.Lots),
                new Quantity(buy.Open),
                new Quantity(sell.Open)));
        }

        Shrink(_cross.Buys);
        Shrink(_cross.Sells);
    }

    private void Shrink(CrossSide side)
    {
        foreach (ref readonly var order in side.Orders)
        {
            if (order.Open == 0) Remove(order.Slot);
            else if (order.Paired != 0) _book.Reduce(order.Slot, order.Open);
        }
    }

    private void AddImmediate(uint slot)
    {
        if (_immediateCount == _immediates.Length) Array.Resize(ref _immediates, _immediateCount * 2);
        _immediates[_immediateCount++] = new Immediate(_book.Order(slot).Owner, _attributes[slot].Key, slot);
        _attributes[slot].ImmediatePlace = _immediateCount;
    }

    private void RemoveImmediate(uint slot)
    {
        var place = _attributes[slot].ImmediatePlace;
        var last = _immediates[--_immediateCount];
        _immediates[place - 1] = last;
        _attributes[last.Slot].ImmediatePlace = place;
        _attributes[slot].ImmediatePlace = 0;
    }

    private void EndImmediates<TSink>(ref TSink sink)
        where TSink : struct, IAuctionSink, allows ref struct
    {
        var immediates = _immediates.AsSpan(0, _immediateCount);
        _immediateCount = 0;
        immediates.Sort();
        foreach (ref readonly var immediate in immediates)
        {
            _attributes[immediate.Slot].ImmediatePlace = 0;
            var whole = _attributes[immediate.Slot].Execution == Execution.FillOrKill;
            End(immediate.Slot, whole ? CancelReason.FillOrKill : CancelReason.ImmediateOrCancel, ref sink);
        }
    }

    /// <summary>An order's number in a draw: SplitMix64 over what names the order, keyed by what nobody could foresee.</summary>
    internal static ulong Ticket(ulong draw, uint owner, ulong key) => HashKey.Mix(HashKey.Mix(draw ^ key) + owner);
}
