namespace DarkPool.Engine.Lending.Liquidation;

/// <summary>A sealed bid for collateral that will be liquidated.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Id">The account's number for it.</param>
/// <param name="MaxTicks">The highest price, in ticks; positive.</param>
/// <param name="Discount">How far below the oracle's price of the moment it buys at most, basis points below 10,000.</param>
/// <param name="Lots">How much it still buys; positive.</param>
/// <param name="Sequence">Earlier bids have lower numbers.</param>
public readonly record struct LiquidationBid(uint Account, ulong Id, long MaxTicks, uint Discount, ulong Lots, ulong Sequence);

/// <summary>The sealed bids of one liquidation market, oldest first.</summary>
public sealed class LiquidationBids
{
    /// <summary>Most bids of a market: each auction sorts them.</summary>
    public const int MaxBids = 4_096;

    /// <summary>Most bids of one account.</summary>
    public const int MaxBidsPerAccount = 64;

    private LiquidationBid[] _bids = new LiquidationBid[16];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many there ever were.</summary>
    public ulong Sequence { get; private set; }

    /// <summary>The bids, oldest first.</summary>
    public ReadOnlySpan<LiquidationBid> All => _bids.AsSpan(0, Count);

    /// <summary>Bids of an account.</summary>
    public int CountOf(uint account)
    {
        var count = 0;
        foreach (ref readonly var bid in All) count += bid.Account == account ? 1 : 0;
        return count;
    }

    /// <summary>Where an account's bid stands; -1 if there is none.</summary>
    public int Find(uint account, ulong id)
    {
        for (var i = 0; i < Count; i++)
        {
            if (_bids[i].Account == account && _bids[i].Id == id) return i;
        }

        return -1;
    }

    /// <summary>Adds a bid behind all others; the caller has looked at the limits.</summary>
    public void Add(uint account, ulong id, long maxTicks, uint discount, ulong lots) =>
        Restore(new LiquidationBid(account, id, maxTicks, discount, lots, Sequence + 1));

    /// <summary>Puts a bid back as a snapshot has it; they come oldest first.</summary>
    public void Restore(in LiquidationBid bid)
    {
        if (Count == MaxBids) throw new InvalidOperationException("The market is at its limit of bids.");
        if (Count == _bids.Length) Array.Resize(ref _bids, Count * 2);
        _bids[Count++] = bid;
        Sequence = bid.Sequence;
    }

    /// <summary>Goes on counting where a snapshot stopped.</summary>
    internal void RestoreSequence(ulong sequence) => Sequence = sequence;

    /// <summary>Takes lots from a bid; one that has none left stays in its place until <see cref="RemoveEmpty"/>.</summary>
    public void Take(int at, ulong lots) => _bids[at] = _bids[at] with { Lots = checked(_bids[at].Lots - lots) };

    /// <summary>Takes a bid out.</summary>
    public void RemoveAt(int at)
    {
        _bids.AsSpan(at + 1, Count - at - 1).CopyTo(_bids.AsSpan(at));
        Count--;
    }

    /// <summary>Takes out all bids that have no lots left.</summary>
    public void RemoveEmpty()
    {
        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            if (_bids[i].Lots != 0) _bids[kept++] = _bids[i];
        }

        Count = kept;
    }
}
