using System.Buffers;
using System.Security.Cryptography;
using DarkPool.Engine.Trading;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Engine.Tests.Venues;

/// <summary>The log is the state: the same blocks give the same roots and bytes, from the start or from any snapshot.</summary>
[Properties(Arbitrary = [typeof(VenueFlows)], MaxTest = 8)]
public sealed class VenueReplayTests
{
    [Property]
    public void The_same_commands_give_the_same_roots_and_snapshot_whatever_the_hash_seed(VenueFlow flow)
    {
        var (first, second) = (Play(new VenueDriver(), flow.Steps), Play(new VenueDriver(hashSeed: 0xC0FFEE), flow.Steps));
        Assert.Equal(first.Outcomes.Select(outcome => outcome.StateRoot), second.Outcomes.Select(outcome => outcome.StateRoot));
        Assert.Equal(Snapshot(first.Venue), Snapshot(second.Venue));
    }

    [Property]
    public void A_snapshot_and_the_tail_give_what_the_whole_log_gives_byte_for_byte(VenueFlow flow, byte where)
    {
        var blocks = flow.Steps.Index().Where(step => step.Item.Action == VenueAction.NextBlock).Select(step => step.Index).ToList();
        if (blocks.Count == 0) return;
        var cut = blocks[where * blocks.Count / 256];
        var whole = new VenueDriver();
        foreach (var step in flow.Steps[..cut]) whole.Apply(step);
        whole.EndBlock();
        var snapshot = Snapshot(whole.Venue);
        whole.Events.Clear();
        whole.Outcomes.Clear();
        whole.BeginBlock(flow.Steps[cut].Microseconds);
        var restored = new VenueDriver(Venue.ReadSnapshot(snapshot, hashSeed: 42), new BlockTime(flow.Steps[cut].Microseconds));
        whole.ResumeAll();
        restored.ResumeAll();
        Play(whole, flow.Steps[(cut + 1)..]);
        Play(restored, flow.Steps[(cut + 1)..]);
        Assert.Equal(whole.Events, restored.Events);
        Assert.Equal(whole.Outcomes.Select(Described), restored.Outcomes.Select(Described));
        Assert.Equal(Snapshot(whole.Venue), Snapshot(restored.Venue));
    }

    [Property]
    public void A_restored_venue_writes_the_snapshot_it_was_read_from(VenueFlow flow)
    {
        var snapshot = Snapshot(Play(new VenueDriver(), flow.Steps).Venue);
        Assert.Equal(snapshot, Snapshot(Venue.ReadSnapshot(snapshot)));
    }

    /// <summary>
    /// The flows have four accounts; here every table of accounts, balances and orders grows, in the venue and while it is restored.
    /// </summary>
    [Fact]
    public void A_venue_of_thousands_of_accounts_goes_on_from_its_snapshot_as_it_would_have()
    {
        const uint Accounts = 3_000;
        var whole = new VenueDriver();
        for (var account = (uint)VenueFlows.Accounts; account < Accounts; account++)
        {
            var key = SHA256.HashData(BitConverter.GetBytes(account));
            Assert.True(whole.Venue.OpenAccount(key, out var index));
            Assert.Equal(account, index);
        }

        Play(whole, [.. Deposits(Accounts), .. Orders(Accounts, first: 1)]);
        var snapshot = Snapshot(whole.Venue);
        var restored = new VenueDriver(Venue.ReadSnapshot(snapshot, hashSeed: 42), VenueFlows.Start);
        Assert.Equal(snapshot, Snapshot(Venue.ReadSnapshot(snapshot)));

        whole.Events.Clear();
        whole.Outcomes.Clear();
        whole.BeginBlock(VenueFlows.Start.Microseconds);
        VenueStep[] tail = [.. Orders(Accounts, first: 2), .. Deposits(Accounts)];
        Play(whole, tail);
        Play(restored, tail);
        Assert.Equal(whole.Events, restored.Events);
        Assert.Contains(whole.Events, told => told is VenueEvent.Filled);
        Assert.Equal(whole.Outcomes.Select(Described), restored.Outcomes.Select(Described));
    }

    [Property]
    public void No_damage_to_a_snapshot_does_worse_than_a_clear_refusal(VenueFlow flow, int seed)
    {
        var random = new Random(seed);
        var snapshot = Snapshot(Play(new VenueDriver(), flow.Steps[..Math.Min(flow.Steps.Length, 300)]).Venue);
        for (var damage = 0; damage < 200; damage++)
        {
            var damaged = (byte[])snapshot.Clone();
            var at = random.Next(damaged.Length);
            if (random.Next(4) == 0) damaged = damaged[..at];
            else damaged[at] ^= (byte)random.Next(1, 256);
            Exception? thrown = Record.Exception(() => Venue.ReadSnapshot(damaged));
            Assert.True(thrown is null or InvalidDataException, thrown?.ToString());
        }
    }

    private static IEnumerable<VenueStep> Deposits(uint accounts) =>
        from amount in Enumerable.Range(0, 2)
        from account in Enumerable.Range(0, (int)accounts)
        select new VenueStep(VenueAction.Deposit, (uint)account, default, (UInt128)(30_000 + amount), 0);

    private static IEnumerable<VenueStep> Orders(uint accounts, ulong first) =>
        from account in Enumerable.Range(0, (int)accounts)
        let side = account % 2 == 0 ? Side.Buy : Side.Sell
        let price = 100 + (account % 7 * (side == Side.Buy ? -1 : 1)) + (first == 2 && side == Side.Buy ? 3 : 0)
        select new VenueStep(VenueAction.Place, (uint)account, LimitOrders.New(1, first, side, price, 3), 0, 0);

    private static VenueDriver Play(VenueDriver driver, IEnumerable<VenueStep> steps)
    {
        foreach (var step in steps) driver.Apply(step);
        driver.EndBlock();
        return driver;
    }

    private static byte[] Snapshot(Venue venue)
    {
        var bytes = new ArrayBufferWriter<byte>();
        venue.WriteSnapshot(bytes);
        return bytes.WrittenSpan.ToArray();
    }

    private static string Described(BlockOutcome outcome) =>
        outcome.Batch is { } batch
            ? $"{outcome.Number} {outcome.StateRoot} {batch} {string.Join(',', batch.Markets)}" : $"{outcome.Number} {outcome.StateRoot}";
}
