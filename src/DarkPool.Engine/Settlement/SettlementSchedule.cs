using System.Collections.Immutable;
using DarkPool.Engine.Markets;
using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Settlement;

/// <summary>When settlement batches close, and the chain that they form.</summary>
internal sealed class SettlementSchedule
{
    /// <summary>Batches closed so far.</summary>
    public ulong Sequence { get; set; }

    /// <summary>At least this long from batch to batch, in microseconds.</summary>
    public long IntervalMicroseconds { get; set; }

    /// <summary>The last block of the previous batch; 0 before the first.</summary>
    public ulong LastBlock { get; set; }

    /// <summary>The time of that block.</summary>
    public BlockTime LastTime { get; set; }

    /// <summary>The state root after that block; zeros before the first.</summary>
    public Digest LastRoot { get; set; }

    /// <summary>Whether the interval since the previous batch is over. Before the first it always is.</summary>
    public bool IsOver(BlockTime now) => Sequence == 0 || (Int128)now.Microseconds - LastTime.Microseconds >= IntervalMicroseconds;

    /// <summary>Makes a batch the previous one.</summary>
    public void Close(ClosedBatch batch) =>
        (Sequence, LastBlock, LastTime, LastRoot) = (batch.Sequence, batch.LastBlock, batch.Time, batch.StateRoot);

    /// <summary>Takes what is due from all markets; empty if nothing is.</summary>
    public static ImmutableArray<SettledMarket> TakeDue(IEnumerable<Market> markets, BlockTime now)
    {
        var settled = ImmutableArray.CreateBuilder<SettledMarket>();
        foreach (var market in markets)
        {
            var totals = market.Pending.TakeDue(now);
            if (totals.Trades == 0) continue;
            var price = MeanPrice(totals, market.Terms.TickValue);
            settled.Add(new SettledMarket(market.Number, totals.Trades, price, totals.Lots, totals.Notional));
        }

        return settled.ToImmutable();
    }

    /// <summary>
    /// Every notional is a whole number of tick values, so dividing twice rounds down once; the mean lies between two prices and fits.
    /// </summary>
    private static Price MeanPrice(in TradeTotals totals, UInt128 tickValue) =>
        new((long)(totals.Notional / tickValue / totals.Lots));
}
