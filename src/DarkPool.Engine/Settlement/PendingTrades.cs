namespace DarkPool.Engine.Settlement;

/// <summary>The trades of one block that wait for their publication delay.</summary>
internal struct PendingBlock
{
    /// <summary>The first block time at which they may be settled.</summary>
    public BlockTime Due;

    /// <summary>Their sum.</summary>
    public TradeTotals Totals;
}

/// <summary>
/// The trades of one market that are not settled yet, summed per block, oldest first: a ring that grows to <see cref="MaxBlocks"/>. Past
/// that, blocks are merged into the newest one and settle with it, so a long delay costs bounded memory and nothing is ever published
/// early.
/// </summary>
internal sealed class PendingTrades
{
    /// <summary>At a block every five milliseconds, the blocks of five minutes: 5 MiB a market.</summary>
    public const int MaxBlocks = 1 << 16;

    private PendingBlock[] _ring = new PendingBlock[16];
    private int _first;
    private TradeTotals _open;

    /// <summary>Count of waiting sums.</summary>
    public int Count { get; private set; }

    /// <summary>A waiting sum, 0 the oldest.</summary>
    public ref readonly PendingBlock this[int place] => ref _ring[(_first + place) & (_ring.Length - 1)];

    /// <summary>Whether a trade of the present block has been added.</summary>
    public bool IsOpen => _open.Trades != 0;

    /// <summary>Adds trades of the present block, which will be due at <paramref name="due"/>.</summary>
    public void Add(uint trades, UInt128 lots, UInt128 notional, BlockTime due)
    {
        if (_open.TryAdd(trades, lots, notional)) return;
        CloseBlock(due);
        _open = new TradeTotals { Trades = trades, Lots = lots, Notional = notional };
    }

    /// <summary>Ends the present block.</summary>
    public void CloseBlock(BlockTime due)
    {
        if (!IsOpen) return;
        Enqueue(new PendingBlock { Due = due, Totals = _open });
        _open = default;
    }

    /// <summary>Puts a sum at the end; its due time is not before that of the one before it.</summary>
    public void Enqueue(in PendingBlock block)
    {
        if (Count >= MaxBlocks)
        {
            ref var newest = ref _ring[(_first + Count - 1) & (_ring.Length - 1)];
            if (newest.Totals.TryAdd(block.Totals.Trades, block.Totals.Lots, block.Totals.Notional))
            {
                newest.Due = block.Due;
                return;
            }
        }

        if (Count == _ring.Length) Grow();
        _ring[(_first + Count++) & (_ring.Length - 1)] = block;
    }

    /// <summary>Whether something may be settled at that time.</summary>
    public bool IsDue(BlockTime now) => Count != 0 && this[0].Due <= now;

    /// <summary>Takes out and sums what is due, as far as the sum can be said; the rest waits for the next batch.</summary>
    public TradeTotals TakeDue(BlockTime now)
    {
        var sum = default(TradeTotals);
        while (IsDue(now))
        {
            ref readonly var next = ref this[0].Totals;
            if (!sum.TryAdd(next.Trades, next.Lots, next.Notional)) break;
            _first = (_first + 1) & (_ring.Length - 1);
            Count--;
        }

        return sum;
    }

    private void Grow()
    {
        var larger = new PendingBlock[_ring.Length * 2];
        for (var place = 0; place < Count; place++) larger[place] = this[place];
        (_ring, _first) = (larger, 0);
    }
}
