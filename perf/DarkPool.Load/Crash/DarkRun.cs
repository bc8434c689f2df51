using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending.Liquidation;
using DarkPool.Engine.Trading.Auctions;

namespace DarkPool.Load.Crash;

/// <summary>The dark auction: the same buyers bid, each with the discount that it wants and what it can pay in this block.</summary>
internal sealed class DarkRun : CrashRun
{
    private readonly DarkLiquidator _dark;
    private readonly PublicRecord[] _public;

    /// <summary>A run; what becomes public is noted in each of <paramref name="records"/>.</summary>
    public DarkRun(CrashTerms terms, CrashPath path, params PublicRecord[] records)
        : base(terms, path)
    {
        _dark = new DarkLiquidator(Pool, Population.Users);
        _public = records;
        foreach (var market in terms.Markets())
        {
            if (!_dark.TryList(market)) throw new InvalidOperationException("The liquidation market's terms are not sound.");
        }

        foreach (var record in _public) record.Begin(Population);
    }

    protected override RiskIndex Index => _dark.Index;

    protected override void Liquidate()
    {
        foreach (var market in _dark.Markets)
        {
            var (terms, bids) = (market.Terms, market.Bids);
            while (bids.Count != 0) bids.RemoveAt(bids.Count - 1);
            var oracle = (UInt128)Pool.ReserveAt(terms.Collateral).Price * terms.LotSize / (UInt128)Pool.ReserveAt(terms.Collateral).Unit
                / 100 / terms.TickValue;
            for (var buyer = 0u; buyer < CrashTerms.Buyers; buyer++)
            {
                var discount = (buyer + 1) * CrashTerms.DiscountStep;
                var lots = Budgets[terms.Collateral, buyer] / (oracle * terms.TickValue * (10_000 - discount) / 10_000);
                if (lots != 0) bids.Add(buyer, buyer, (long)oracle, discount, (ulong)lots);
            }
        }

        var sink = new Sink(this);
        _dark.Step(ref sink);
    }

    protected override void EndHour()
    {
        foreach (var record in _public) record.EndHour(Population, Now);
    }

    private double Worth(int reserve, UInt128 amount) => Dollars(Pool.ReserveAt(reserve).Value(amount, Rounding.Floor));

    private readonly struct Sink(DarkRun run) : ILiquidationVenue
    {
        public bool CanJudge(uint user) => true;

        public int RestingBuys(LiquidationTerms terms, long lowest, Span<AuctionLevel> levels) => 0;

        public void SoldToResting(LiquidationTerms terms, ulong lots, long ticks) =>
            throw new InvalidOperationException("No orders rest here.");

        public void SoldToBid(LiquidationTerms terms, in LiquidationBid bid, ulong lots, long ticks)
        {
        }

        public void Sold(LiquidationTerms terms, in LiquidationRecord sale)
        {
            run.Sales++;
            if (sale.WrittenOff != 0) run.Rests += run.Worth(terms.Collateral, sale.Fee);
            run.Penalty += (double)sale.Penalty / 1e8;
            run.Sold += run.Worth(terms.Collateral, sale.Seized + sale.Fee);
            foreach (var record in run._public) record.Sold(sale);
        }

        public UInt128 BackstopFunds(LiquidationTerms terms, uint account, uint user) => 0;
    }
}
