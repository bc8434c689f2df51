using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending.Aave;
using DarkPool.Engine.Lending.Liquidation;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Engine.Tests.Lending.Liquidation;

/// <summary>The auction against a plain one that tries every price, with lots of fixed size.</summary>
public sealed class LiquidationAuctionTests
{
    private const int Prices = 40;
    private static readonly UInt256 Plenty = UInt256.Parse("1000000000000000000000000000000");

    private static readonly LiquidationTerms Terms = new()
    {
        Number = 0,
        Collateral = 0,
        Debt = 1,
        LotSize = 1_000_000_000_000_000,
        TickValue = 10,
        TargetHealth = 10_800,
        RampSeconds = 600,
        FullBonusHealth = 9_500,
    };

    [Property(MaxTest = 400)]
    public void The_price_is_the_highest_at_which_most_lots_trade(
        (byte Limit, byte Lots)[] bids, (byte, byte)[] resting, (byte, byte)[] asks)
    {
        var lots = asks.Select((ask, i) => Lot((uint)i, 1 + (ask.Item1 % Prices), 1 + (ulong)(ask.Item2 % 50))).ToArray();
        var run = new Run(bids, resting);
        var cleared = run.Auction.TryClear(Terms, run.Quote, lots);

        var most = (Price: 0L, Lots: 0UL);
        for (var price = 1L; price <= Prices; price++)
        {
            var demand = run.Buyers.Where(buyer => buyer.Limit >= price).Aggregate(0UL, (sum, buyer) => sum + buyer.Lots);
            var supply = lots.Where(lot => lot.Ask <= price).Aggregate(0UL, (sum, lot) => sum + lot.Wanted);
            if (Math.Min(demand, supply) is var trades && trades != 0 && trades >= most.Lots) most = (price, trades);
        }

        Assert.Equal(most.Lots != 0, cleared);
        if (cleared) Assert.Equal(most.Price, run.Auction.Ticks);
    }

    [Property(MaxTest = 400)]
    public void Buyers_are_served_by_limit_then_resting_then_age((byte Limit, byte Lots)[] bids, (byte, byte)[] resting, byte wanted)
    {
        var run = new Run(bids, resting);
        LiquidationLot[] lots = [Lot(0, 1, 1 + (ulong)wanted)];
        if (!run.Auction.TryClear(Terms, run.Quote, lots)) return;
        var left = Math.Min(lots[0].Lots, (ulong)run.Auction.DemandAt(run.Auction.Ticks));
        run.Auction.Distribute(Terms, run.Bids, left, ref run.Sink);

        var expected = new List<(long, ulong)>();
        foreach (var buyer in run.Buyers.OrderByDescending(buyer => buyer.Limit).ThenBy(buyer => buyer.Age))
        {
            var taken = Math.Min(left, buyer.Lots);
            if (taken != 0) expected.Add((buyer.Limit, taken));
            left -= taken;
        }

        var fills = run.Record.Fills.Where(fill => fill.Lots != 0).Select(fill => (fill.Limit, fill.Lots));
        Assert.Equal(expected.Order(), fills.Order());
    }

    private static LiquidationLot Lot(uint user, long ask, ulong lots) => new()
    {
        User = user,
        Reason = SaleReason.Stop,
        Account = new AccountData(Plenty, Plenty, 8_000UL, 8_000UL, WadRay.Wad, false),
        Threshold = 8_000,
        Target = 0,
        Held = Plenty,
        Owed = Plenty,
        Wanted = lots,
        Ask = ask,
        LastAsk = ask,
        IsAtCap = false,
    };

    private sealed class Run
    {
        public BuyersSink Sink;

        public Run((byte Limit, byte Lots)[] bids, (byte Limit, byte Lots)[] resting)
        {
            var pool = new PoolHistory().Pool;
            Quote = new PairQuote(Terms, pool.ReserveAt(0), pool.ReserveAt(1));
            Sink = new BuyersSink(Record, pool);
            foreach (var (limit, lots) in resting) Record.Resting[(0, 1 + (limit % Prices))] = 1 + (ulong)(lots % 50);
            Buyers.AddRange(Record.Resting.Select(level => (level.Key.Ticks, level.Value, 0UL)));
            foreach (var (limit, lots) in bids)
            {
                Bids.Add(1, Bids.Sequence, 1 + (limit % Prices), 0, 1 + (ulong)(lots % 50));
                Buyers.Add((1 + (limit % Prices), 1 + (ulong)(lots % 50), Bids.Sequence));
            }

            Auction.TakeBuyers(Terms, Quote, Bids, 1, ref Sink);
        }

        public BuyersOfRecord Record { get; } = new();

        public LiquidationBids Bids { get; } = new();

        public LiquidationAuction Auction { get; } = new();

        public PairQuote Quote { get; }

        public List<(long Limit, ulong Lots, ulong Age)> Buyers { get; } = [];
    }
}
