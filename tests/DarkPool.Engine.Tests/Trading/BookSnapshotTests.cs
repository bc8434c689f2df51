using System.Buffers;
using DarkPool.Engine.Snapshots;
using DarkPool.Engine.Trading;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Engine.Tests.Trading;

[Properties(Arbitrary = [typeof(BookFlows)], MaxTest = 20)]
public sealed class BookSnapshotTests
{
    [Property]
    public void A_restored_book_and_the_tail_equal_the_full_replay_byte_for_byte(BookFlow flow)
    {
        var (whole, expected) = (new ContinuousBook(), new RecordingBookSink());
        var half = flow.Steps.Length / 2;
        foreach (var step in flow.Steps[..half]) step.ApplyTo(whole, ref expected);
        var snapshot = Bytes(whole);
        var restored = BookSnapshot.Read(snapshot, hashSeed: 7);
        Assert.Equal(snapshot, Bytes(restored));

        expected.Events.Clear();
        var told = new RecordingBookSink();
        foreach (var step in flow.Steps[half..])
        {
            step.ApplyTo(whole, ref expected);
            step.ApplyTo(restored, ref told);
        }

        Assert.Equal(expected.Events, told.Events);
        Assert.Equal(Bytes(whole), Bytes(restored));
    }

    [Fact]
    public void A_snapshot_of_a_book_that_cannot_be_is_refused()
    {
        var (book, sink) = (new ContinuousBook(), default(CountingBookSink));
        book.Place(1, Side.Buy, new Price(10), new Quantity(5), Execution.Rest, ref sink);
        book.Place(2, Side.Buy, new Price(9), new Quantity(5), Execution.Rest, ref sink);
        var good = Bytes(book);
        Assert.Equal(8 + 4 + (2 * 24) + 4, good.Length);

        Refused(good[..^1], "ends too soon");
        Refused([.. good, 0], "bytes follow");
        Refused(Changed(0, (byte)'X'), "another name");
        Refused(Changed(8, 200), "counts more");
        Refused(Changed(12, 2), "no book can");
        Refused(Changed(20, 8), "not in order");
        Refused(Changed(28, 0), "no book can");

        byte[] Changed(int place, byte value)
        {
            var bytes = good.ToArray();
            bytes[place] = value;
            return bytes;
        }
    }

    private static void Refused(byte[] bytes, string fault) =>
        Assert.Contains(fault, Assert.Throws<InvalidDataException>(() => BookSnapshot.Read(bytes)).Message, StringComparison.Ordinal);

    private static byte[] Bytes(ContinuousBook book)
    {
        var output = new ArrayBufferWriter<byte>();
        BookSnapshot.Write(book, output);
        return output.WrittenSpan.ToArray();
    }
}
