using DarkPool.Engine.Trading;
using FsCheck.Xunit;
using Xunit;
using static DarkPool.Engine.Tests.Venues.Crossing.CrossingDriver;

namespace DarkPool.Engine.Tests.Venues.Crossing;

/// <summary>Long random days over all crossing markets: balances follow from what was told, and every replay is the same.</summary>
public sealed class CrossingReplayTests
{
    private const int Steps = 3_000;

    [Property(MaxTest = 3)]
    public void What_accounts_have_is_what_they_were_told_and_nothing_stays_held_when_all_is_cancelled(int seed)
    {
        var venue = new CrossingDriver();
        Play(venue, new Random(seed), Steps);
        var total = new Dictionary<(uint Account, uint Asset), Int128>();
        foreach (var told in venue.Events.OfType<VenueEvent.Filled>())
        {
            var (lots, ticks) = ((Int128)told.Fill.Quantity.Lots, told.Fill.Price.Ticks);
            var sign = told.Fill.Side == Side.Buy ? 1 : -1;
            total[(told.Account, Gold)] = total.GetValueOrDefault((told.Account, Gold)) + (sign * lots * 3);
            total[(told.Account, Dollar)] = total.GetValueOrDefault((told.Account, Dollar)) - (sign * lots * ticks);
        }

        foreach (var account in Enumerable.Range(0, (int)Accounts).Select(account => (uint)account))
        {
            for (var id = 0UL; id < Steps; id++) venue.Cancel(account, id);
            foreach (var asset in (uint[])[Gold, Dollar])
            {
                var (available, held) = venue.Venue.BalanceOf(account, asset);
                Assert.Equal(UInt128.Zero, held);
                Assert.Equal(Wealth + total.GetValueOrDefault((account, asset)), (Int128)available);
            }
        }

        Assert.Equal(0, venue.Venue.OpenOrderCount);
    }

    [Fact]
    public void Random_days_have_auctions_crosses_and_rounds()
    {
        var venue = new CrossingDriver();
        Play(venue, new Random(1), 2 * Steps);
        Assert.InRange(venue.Fills.Count(fill => fill is { Market: Midpoint, Liquidity: Liquidity.Taker }), 50, int.MaxValue);
        Assert.InRange(venue.Fills.Count(fill => fill is { Market: Midpoint, Liquidity: Liquidity.Cross }), 2, int.MaxValue);
        Assert.InRange(venue.Fills.Count(fill => fill.Market != Midpoint), 50, int.MaxValue);
    }

    [Property(MaxTest = 3)]
    public void A_snapshot_and_the_tail_give_what_the_whole_log_gives_byte_for_byte(int seed)
    {
        var whole = new CrossingDriver();
        Play(whole, new Random(seed), Steps / 2);
        whole.End();
        var time = whole.Venue.Time.Microseconds + 70_000;
        var snapshot = whole.SnapshotBetweenBlocks();
        var restored = new CrossingDriver(Venue.ReadSnapshot(snapshot, hashSeed: 42), whole.QuoteRound);
        Assert.Equal(snapshot, restored.SnapshotBetweenBlocks());
        whole.Events.Clear();
        whole.Outcomes.Clear();
        foreach (var venue in (CrossingDriver[])[whole, restored])
        {
            venue.Begin(time);
            Play(venue, new Random(seed + 1), Steps / 2);
            venue.End();
        }

        Assert.Equal(whole.Events, restored.Events);
        Assert.Equal(whole.Outcomes.Select(outcome => outcome.StateRoot), restored.Outcomes.Select(outcome => outcome.StateRoot));
        Assert.Equal(whole.SnapshotBetweenBlocks(), restored.SnapshotBetweenBlocks());
    }

    [Property(MaxTest = 3)]
    public void The_same_log_gives_the_same_roots_whatever_the_hash_seed_and_other_roots_with_another_draw(int seed)
    {
        var (first, second) = (new CrossingDriver(hashSeed: 1), new CrossingDriver(hashSeed: 2));
        var other = new CrossingDriver(drawSeed: 77);
        foreach (var venue in (CrossingDriver[])[first, second, other]) Play(venue, new Random(seed), Steps / 2);
        Assert.Equal(first.Outcomes.Select(outcome => outcome.StateRoot), second.Outcomes.Select(outcome => outcome.StateRoot));
        Assert.NotEqual(first.Outcomes[^1].StateRoot, other.Outcomes[^1].StateRoot);
    }

    private static void Play(CrossingDriver venue, Random random, int steps)
    {
        var middle = 100;
        for (var step = 0; step < steps; step++)
        {
            var account = (uint)random.Next((int)Accounts);
            var id = (ulong)Math.Max(0, step - random.Next(60));
            switch (random.Next(20))
            {
                case < 9:
                    venue.Place(account, RandomOrder((ulong)step, middle, random, venue.Venue.Time));
                    break;
                case < 11:
                    venue.Cancel(account, id);
                    break;
                case < 13:
                    venue.Replace(account, id, random.Next(10) == 0 ? 0 : (2 * middle) + random.Next(-8, 9), (ulong)random.Next(0, 40));
                    break;
                case < 15:
                    FirmUpSomething(venue, random);
                    break;
                case < 17:
                    middle = Math.Clamp(middle + random.Next(-1, 2), 80, 120);
                    venue.Quote(middle - random.Next(2), middle + random.Next(-1, 3));
                    break;
                case 17 when random.Next(30) == 0:
                    var market = (uint)random.Next(1, 4);
                    venue.Halt(market, !venue.Venue.HaltedMarkets.Contains(market));
                    break;
                default:
                    venue.Pass(random.Next(30) == 0 ? Staleness + 1 : random.Next(120_000));
                    break;
            }
        }

        foreach (var market in venue.Venue.HaltedMarkets.ToList()) venue.Halt(market, false);
    }

    private static void FirmUpSomething(CrossingDriver venue, Random random)
    {
        var place = random.Next(1, 12);
        for (var at = venue.Events.Count - 1; at >= 0 && venue.Events.Count - at < 200; at--)
        {
            if (venue.Events[at] is not VenueEvent.Invited { Account: var account, Invitation: var invitation }) continue;
            if (place-- > 2) continue;
            var lots = random.Next(3) == 0 ? (ulong)random.Next(1, 40) : invitation.Quantity.Lots;
            venue.FirmUp(account, invitation.ClientOrderId, lots);
            return;
        }
    }

    private static NewOrder RandomOrder(ulong id, int middle, Random random, BlockTime now)
    {
        var market = (uint)random.Next(1, 4);
        var type = market == Midpoint ? (OrderType)random.Next(1, 6) : OrderType.Limit;
        var tif = (TimeInForce)random.Next(1, 6);
        var rests = tif is not (TimeInForce.ImmediateOrCancel or TimeInForce.FillOrKill);
        var price = type != OrderType.Limit && random.Next(2) == 0 ? 0 : (2 * middle) + random.Next(-8, 9);
        var lots = (ulong)random.Next(1, 40);
        return Order(market, id, (Side)random.Next(1, 3), price, lots) with
        {
            Type = type,
            TimeInForce = tif,
            Expiry = tif == TimeInForce.GoodTillTime ? new BlockTime(now.Microseconds + random.Next(1, 4_000_000)) : BlockTime.None,
            Flags = market == Midpoint && rests ? (OrderFlags)random.Next(3) : OrderFlags.None,
            MinimumQuantity = new Quantity(random.Next(4) == 0 ? (ulong)random.Next(1, (int)lots + 1) : 0),
            MinimumInteraction = new Quantity(random.Next(6) == 0 ? (ulong)random.Next(1, (int)lots + 1) : 0),
        };
    }
}
