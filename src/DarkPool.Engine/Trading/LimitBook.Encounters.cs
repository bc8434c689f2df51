namespace DarkPool.Engine.Trading;

/// <summary>
/// Matching where not everybody trades with everybody: minimums, self-trade prevention, counterparty rules. Who is passed over keeps its
/// place and blocks nobody, so such a book may be crossed. Apart from the plain way, which pays nothing for it.
/// </summary>
internal sealed unsafe partial class LimitBook
{
    /// <summary>
    /// Matches an arriving order with whomever it may trade, best price first, oldest first; gives back what is left of it. Once it has
    /// less open than it wants of each counterparty any size will do, and it goes over those that it passed by once more.
    /// </summary>
    public ulong Meet<TSink>(Side side, long limit, ulong lots, ref TSink sink)
        where TSink : struct, IEncounterSink, allows ref struct
    {
        var again = true;
        while (again) lots = MeetOnce(side, limit, lots, ref sink, out again);
        return lots;
    }

    /// <summary>
    /// How many lots <see cref="Meet"/> would trade, and whether the order would meet anybody without being passed over. Nothing changes.
    /// </summary>
    public ulong Foresee<TRule>(Side side, long limit, ulong lots, in TRule rule, out bool meets)
        where TRule : struct, IEncounterRule, allows ref struct
    {
        var (makers, threshold) = (Makers(side), MakerKey(side, limit));
        var (traded, turn) = (0UL, 0U);
        meets = false;
        while (true)
        {
            var turned = false;
            var (key, level) = (makers.BestKey, makers.BestLevel);
            while (level != 0 && key >= threshold && !turned)
            {
                for (var slot = _pool.Nodes[level].Next; slot != level && lots != 0; slot = _pool.Nodes[slot].Next)
                {
                    ref readonly var maker = ref _pool.Nodes[slot];

                    // The second time over, up to where the first one ended: who has as much as was wanted of each is spent already.
                    if (turn != 0 && maker.Lots >= rule.Each)
                    {
                        if (slot == turn) turn = 0;
                        continue;
                    }

                    var met = rule.Judge(slot, maker, lots);
                    if (met == Encounter.PassOver) continue;
                    meets = true;
                    if (met is Encounter.CancelTaker or Encounter.CancelBoth) return traded;
                    if (met == Encounter.CancelMaker) continue;
                    var (before, by) = (lots, Math.Min(lots, maker.Lots));
                    lots -= by;
                    if (met == Encounter.Trade) traded += by;
                    turned = lots != 0 && before >= rule.Each && lots < rule.Each;
                    if (!turned) continue;
                    turn = slot;
                    break;
                }

                if (lots == 0) return traded;
                if (!turned && !makers.TryNext(key, out key, out level)) break;
            }

            if (!turned) return traded;
        }
    }

    private ulong MeetOnce<TSink>(Side side, long limit, ulong lots, ref TSink sink, out bool again)
        where TSink : struct, IEncounterSink, allows ref struct
    {
        var (makers, threshold) = (Makers(side), MakerKey(side, limit));
        var (key, level) = (makers.BestKey, makers.BestLevel);
        again = false;
        while (level != 0 && key >= threshold)
        {
            // The level may be gone by the end of its queue; the key of the next one is found from its own.
            var more = makers.TryNext(key, out var nextKey, out var nextLevel);
            for (var slot = _pool.Nodes[level].Next; slot != level && lots != 0;)
            {
                var next = _pool.Nodes[slot].Next;
                var before = lots;
                lots = MeetMaker(slot, MakerKey(side, key), lots, ref sink, out var ends);
                again = lots != 0 && !ends && before >= sink.Each && lots < sink.Each;
                if (ends || again) return lots;
                slot = next;
            }

            if (lots == 0 || !more) break;
            (key, level) = (nextKey, nextLevel);
        }

        return lots;
    }

    private ulong MeetMaker<TSink>(uint slot, long price, ulong lots, ref TSink sink, out bool ends)
        where TSink : struct, IEncounterSink, allows ref struct
    {
        ref readonly var maker = ref _pool.Nodes[slot];
        var met = sink.Judge(slot, maker, lots);
        ends = met is Encounter.CancelTaker or Encounter.CancelBoth;
        var by = Math.Min(lots, maker.Lots);
        switch (met)
        {
            case Encounter.Trade when by == maker.Lots:
                sink.Traded(slot, maker, price, by, 0, lots - by);
                sink.Filled(slot, maker);
                Remove(slot);
                return lots - by;
            case Encounter.Trade:
                Reduce(slot, maker.Lots - by);
                sink.Traded(slot, maker, price, by, maker.Lots, lots - by);
                return lots - by;
            case Encounter.Decrement:
                sink.Decrement(slot, by, lots - by);
                return lots - by;
            case Encounter.CancelMaker or Encounter.CancelBoth:
                sink.CancelMaker(slot);
                break;
        }

        if (ends) sink.CancelTaker();
        return lots;
    }
}
