using DarkPool.Engine.Lending;
using DarkPool.Engine.Lending.Aave;
using Xunit;
using static DarkPool.Engine.Tests.Lending.Venues.LendingVenue;

namespace DarkPool.Engine.Tests.Lending.Venues;

/// <summary>Loans, feeds and their listings survive a snapshot.</summary>
public sealed class LendingSnapshotTests
{
    [Fact]
    public void A_restored_venue_with_loans_writes_the_snapshot_it_was_read_from_and_goes_on_alike()
    {
        var venue = WithLoans();
        var snapshot = venue.Snapshot();
        venue.Next();
        var restored = new LendingVenue(Engine.Venue.ReadSnapshot(snapshot, hashSeed: 7), venue.Round);
        restored.Next();
        Assert.Equal(venue.Snapshot(), restored.Snapshot());
        foreach (var each in (LendingVenue[])[venue, restored])
        {
            each.Next(86_400);
            each.Prices(1900, 1, 41_000);
            each.Done(Alice, LendingOperation.PoolRepay, Usdc, 100 * Dollar);
            each.Done(Alice, LendingOperation.PoolBorrow, Usdc, Dollar);
        }

        Assert.Equal(venue.Snapshot(), restored.Snapshot());
        Assert.Equal(venue.Venue.StateRoot, restored.Venue.StateRoot);
    }

    [Fact]
    public void No_damage_to_a_snapshot_with_loans_does_worse_than_a_clear_refusal()
    {
        var snapshot = WithLoans().Snapshot();
        var random = new Random(1);
        var refused = 0;
        for (var damage = 0; damage < 400; damage++)
        {
            var damaged = (byte[])snapshot.Clone();
            var at = random.Next(damaged.Length);
            if (random.Next(4) == 0) damaged = damaged[..at];
            else damaged[at] ^= (byte)random.Next(1, 256);
            var thrown = Record.Exception(() => Engine.Venue.ReadSnapshot(damaged));
            Assert.True(thrown is null or InvalidDataException, thrown?.ToString());
            if (thrown is not null) refused++;
        }

        Assert.True(refused > 100, $"only {refused} were refused");
    }

    private static LendingVenue WithLoans()
    {
        var venue = new LendingVenue();
        var stable = new EMode(9000, 9300, 10_100, 0b011, 0b010, 0);
        venue.Govern(sequence => venue.Venue.DefineEMode(sequence, Pool, 1, stable));
        venue.Done(Bob, LendingOperation.PoolSupply, Usdc, 500_000 * Dollar);
        venue.Done(Alice, LendingOperation.PoolSupply, Weth, 10 * Ether);
        venue.Done(Alice, LendingOperation.PoolSetEMode, 0, 0, argument: 1);
        venue.Done(Alice, LendingOperation.PoolBorrow, Usdc, 9000 * Dollar);
        venue.Next(1000);
        venue.Done(Carol, LendingOperation.PoolSupply, Wbtc, Bitcoin);
        venue.Next(1);
        return venue;
    }
}
