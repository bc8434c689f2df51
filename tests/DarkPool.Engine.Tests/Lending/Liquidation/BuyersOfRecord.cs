using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending.Aave;
using DarkPool.Engine.Lending.Liquidation;
using DarkPool.Engine.Trading.Auctions;

namespace DarkPool.Engine.Tests.Lending.Liquidation;

/// <summary>Resting orders, money of backstops, and all that the liquidator told.</summary>
internal sealed class BuyersOfRecord
{
    public SortedDictionary<(uint Market, long Ticks), ulong> Resting { get; } = [];

    public Dictionary<uint, UInt128> Funds { get; } = [];

    public HashSet<uint> Unjudged { get; } = [];

    public List<LiquidationRecord> Sales { get; } = [];

    public List<(uint Market, long Limit, ulong Lots, long Ticks)> Fills { get; } = [];

    public void Clear()
    {
        Sales.Clear();
        Fills.Clear();
    }
}

internal readonly struct BuyersSink(BuyersOfRecord record, LendingPool pool) : ILiquidationVenue
{
    public bool CanJudge(uint user) => !record.Unjudged.Contains(user);

    public int RestingBuys(LiquidationTerms terms, long lowest, Span<AuctionLevel> levels)
    {
        var count = 0;
        foreach (var ((market, ticks), lots) in record.Resting.Reverse())
        {
            if (market == terms.Number && ticks >= lowest && lots != 0) levels[count++] = new AuctionLevel(ticks, lots);
        }

        return count;
    }

    public void SoldToResting(LiquidationTerms terms, ulong lots, long ticks)
    {
        foreach (var (key, resting) in record.Resting.Reverse().ToArray())
        {
            if (key.Market != terms.Number || lots == 0) continue;
            var taken = Math.Min(lots, resting);
            record.Fills.Add((terms.Number, key.Ticks, taken, ticks));
            record.Resting[key] = resting - taken;
            lots -= taken;
        }

        if (lots != 0) throw new InvalidOperationException("More was sold than rests.");
    }

    // A bid's limit is what it says and what its discount leaves of the oracle's price, computed here from fractions alone.
    public void SoldToBid(LiquidationTerms terms, in LiquidationBid bid, ulong lots, long ticks)
    {
        var (have, owe) = (pool.ReserveAt(terms.Collateral), pool.ReserveAt(terms.Debt));
        var oracle = terms.LotSize * (UInt256)have.Price * owe.Unit * (10_000UL - (ulong)bid.Discount)
            / (terms.TickValue * (UInt256)owe.Price * have.Unit * 10_000UL);
        record.Fills.Add((terms.Number, Math.Min(bid.MaxTicks, (long)(ulong)oracle), lots, ticks));
        if (lots > bid.Lots) throw new InvalidOperationException("More was sold than was bid for.");
    }

    public void Sold(LiquidationTerms terms, in LiquidationRecord sale)
    {
        record.Sales.Add(sale);
        if (sale.Reason == SaleReason.Backstop) record.Funds[sale.Backstop] = checked(record.Funds[sale.Backstop] - sale.Repaid);
    }

    public UInt128 BackstopFunds(LiquidationTerms terms, uint account, uint user) => record.Funds.GetValueOrDefault(account);
}
