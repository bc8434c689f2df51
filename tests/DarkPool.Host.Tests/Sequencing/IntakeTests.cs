using DarkPool.Host.Hosting;
using DarkPool.Host.Http;
using DarkPool.Host.Sequencing;
using DarkPool.Host.Tests.Support;
using DarkPool.EventStore.Shards;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Envelopes;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Host.Tests.Sequencing;

public sealed class IntakeTests
{
    private const int Room = 1 << 20;

    [Property(MaxTest = 200)]
    public Property Envelopes_enter_blocks_in_the_order_of_arrival_and_those_of_a_request_stand_together()
    {
        var sizes = Gen.Choose(1, 12).NonEmptyListOf().Select(list => list.ToArray());
        var limits = Gen.Choose(1, 8);
        return Prop.ForAll(sizes.ToArbitrary(), limits.ToArbitrary(), (requests, entries) =>
        {
            var settings = new BlockSettings { Entries = entries };
            using var intake = Open(settings);
            foreach (var size in requests) Assert.Null(intake.TryEnqueue(Submit(size)));
            var blocks = MoveAll(intake, settings);
            var marks = blocks.SelectMany(block => block).ToArray();
            Assert.Equal(requests.SelectMany(Sequences), marks);
            Assert.All(blocks.SkipLast(1), block => Assert.Equal(entries, block.Count));
            Assert.True(intake.IsEmpty);
            Assert.Equal(0, intake.Bytes);
        });
    }

    [Fact]
    public void A_block_of_large_envelopes_closes_by_its_bytes()
    {
        var settings = new BlockSettings { BodyBytes = 3 * (EnvelopeLimits.LargeSize + BlockLimits.EntryHeaderSize) };
        using var intake = Open(settings);
        var body = Sequences(5).SelectMany(sequence => Envelopes.Command(sequence: sequence, size: SizeClass.Large)).ToArray();
        intake.TryEnqueue(new Submission(EntryKind.Envelope, Pooled(body), 5));
        Assert.True(intake.FillsBlock);
        Assert.Equal([3, 2], MoveAll(intake, settings).Select(block => block.Count));
    }

    [Fact]
    public void A_submission_that_does_not_fit_is_refused_and_one_that_fits_after_it_is_taken()
    {
        using var intake = new Intake(3 * 256, new BlockSettings(), Ready(), TimeProvider.System);
        Assert.Null(intake.TryEnqueue(Submit(2)));
        Assert.Equal(Problems.IntakeFull, intake.TryEnqueue(Submit(2)));
        Assert.Null(intake.TryEnqueue(Submit(1)));
        Assert.Equal(Problems.IntakeFull, intake.TryEnqueue(Submit(1)));
    }

    [Fact]
    public async Task When_the_store_is_gone_what_waits_is_refused_except_the_rest_of_a_request_that_has_begun()
    {
        var settings = new BlockSettings { Entries = 2 };
        using var intake = Open(settings);
        var begun = Submit(3);
        var waiting = Submit(1);
        intake.TryEnqueue(begun);
        intake.TryEnqueue(waiting);
        using var block = new BlockInFlight(0, settings);
        intake.MoveInto(block);

        intake.RefuseWaiting(Problems.StoreUnavailable);

        Assert.False((await waiting.Completion).TryGet(out _, out var problem));
        Assert.Equal(Problems.StoreUnavailable, problem);
        Assert.False(begun.Completion.IsCompleted);
        Assert.Equal([1], MoveAll(intake, settings).Select(rest => rest.Count));
    }

    [Fact]
    public async Task A_wait_for_a_full_block_ends_with_its_last_entry_and_not_before()
    {
        var time = new ManualTime();
        using var intake = new Intake(Room, new BlockSettings { Entries = 3 }, Ready(), time);
        var wait = intake.WaitForFullAsync(TimeSpan.FromSeconds(1)).AsTask();
        intake.TryEnqueue(Submit(2));
        Assert.False(wait.IsCompleted);
        intake.TryEnqueue(Submit(1));
        await wait;
    }

    [Fact]
    public async Task A_wait_ends_when_its_time_is_over()
    {
        var time = new ManualTime();
        using var intake = new Intake(Room, new BlockSettings(), Ready(), time);
        var wait = intake.WaitForAnyAsync(TimeSpan.FromMilliseconds(2)).AsTask();
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(wait.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));
        await wait;
    }

    [Fact]
    public async Task A_wake_before_the_wait_is_not_lost()
    {
        using var intake = Open(new BlockSettings());
        intake.Wake();
        await intake.WaitForAnyAsync(Timeout.InfiniteTimeSpan.Negate());
        Assert.True(intake.IsEmpty);
    }

    [Fact]
    public void An_intake_that_ended_takes_nothing_more()
    {
        using var intake = Open(new BlockSettings());
        intake.TryEnqueue(Submit(1));
        Assert.False(intake.TryEnd());
        MoveAll(intake, new BlockSettings());
        Assert.True(intake.TryEnd());
        Assert.Equal(Problems.Draining, intake.TryEnqueue(Submit(1)));
    }

    private static Intake Open(BlockSettings settings) => new(Room, settings, Ready(), TimeProvider.System);

    private static Availability Ready()
    {
        var availability = new Availability();
        availability.Remove(Hindrance.Starting);
        return availability;
    }

    private static Submission Submit(int envelopes) => new(EntryKind.Envelope, Pooled(Envelopes.Commands(envelopes)), envelopes);

    private static PooledBytes Pooled(byte[] bytes)
    {
        var pooled = System.Buffers.ArrayPool<byte>.Shared.Rent(bytes.Length);
        bytes.CopyTo(pooled, 0);
        return new PooledBytes(pooled, bytes.Length);
    }

    private static IEnumerable<ulong> Sequences(int count) => Enumerable.Range(1, count).Select(sequence => (ulong)sequence);

    /// <summary>The sequences of the envelopes in each block, until nothing waits.</summary>
    private static List<List<ulong>> MoveAll(Intake intake, BlockSettings settings)
    {
        var blocks = new List<List<ulong>>();
        var position = LogPosition.Genesis(TestVenue.Genesis.GenesisHead);
        using var block = new BlockInFlight(0, settings);
        while (!intake.IsEmpty)
        {
            intake.MoveInto(block);
            block.Seal(position, now: 1, epoch: 1);
            position = LogPosition.After(block.Header);
            Assert.Equal(BlockFault.None, BlockReader.Open(block.Bytes.Span, out var reader));
            Assert.True(reader.HasItsRoot());
            var sequences = new List<ulong>();
            foreach (var entry in reader)
            {
                Assert.True(EnvelopeHeader.TryRead(entry.Data, out var header));
                sequences.Add(header.Sequence);
            }

            blocks.Add(sequences);
            block.Reset();
        }

        return blocks;
    }
}
