using System.Buffers.Binary;
using DarkPool.Enclave.Outboxes;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Enclave.Tests.Outboxes;

/// <summary>An outbox against a list of reports: what is appended is read once, in order, until it is acknowledged.</summary>
public class OutboxTests
{
    private enum Step
    {
        Append,
        Read,
        Acknowledge,
        Resume,
    }

    [Property(MaxTest = 300)]
    public Property An_outbox_behaves_like_a_list()
    {
        var step = from kind in Gen.Elements(Step.Append, Step.Append, Step.Append, Step.Read, Step.Acknowledge, Step.Resume)
                   from value in Gen.Choose(0, 2_000)
                   select (kind, value);
        return Prop.ForAll(Gen.ListOf(step).Select(steps => steps.ToList()).ToArbitrary(), steps =>
        {
            var pages = new ReportPages();
            var outbox = new Outbox(pages);
            var model = new List<byte[]>();
            var (read, acknowledged) = (0, 0);
            foreach (var (kind, value) in steps)
            {
                switch (kind)
                {
                    case Step.Append:
                        model.Add(Append(outbox, 40 + (value % 400), block: (ulong)model.Count));
                        break;
                    case Step.Read:
                        var run = outbox.TakeRun(value, ulong.MaxValue);
                        while (!run.IsEmpty)
                        {
                            Assert.Equal(model[read], run[..model[read].Length].ToArray());
                            run = run[model[read++].Length..];
                        }

                        break;
                    case Step.Acknowledge:
                        var upTo = value % (model.Count + 3);
                        outbox.Acknowledge((ulong)upTo);
                        acknowledged = Math.Max(acknowledged, Math.Min(upTo, model.Count));
                        read = Math.Max(read, ReadAfterForgetting(outbox, read));
                        break;
                    default:
                        var next = value % (model.Count + 3);
                        outbox.ReadFrom((ulong)next);
                        read = Math.Clamp(next - 1, acknowledged, model.Count);
                        break;
                }

                Assert.Equal((ulong)model.Count, outbox.LastNumber);
                Assert.Equal(model.Count - acknowledged, outbox.Unacknowledged);
                Assert.Equal(model.Count - read, outbox.Unread);
            }

            var kept = new List<byte[]>();
            outbox.Visit(report => kept.Add(report.ToArray()));
            Assert.Equal(model.Skip(acknowledged), kept);
            outbox.Purge();
            Assert.Equal((0, 0L), (pages.InUse, outbox.Unacknowledged));
        });
    }

    [Fact]
    public void Reports_of_later_blocks_wait_for_their_commit()
    {
        var outbox = new Outbox(new ReportPages());
        foreach (var block in (ulong[])[1, 1, 2, 3]) Append(outbox, 50, block);

        Assert.Equal(100, outbox.TakeRun(4096, lastBlock: 1).Length);
        Assert.Equal(0, outbox.TakeRun(4096, lastBlock: 1).Length);
        Assert.Equal(100, outbox.TakeRun(4096, lastBlock: 3).Length);
    }

    [Fact]
    public void A_page_that_comes_back_holds_nothing_of_its_last_owner()
    {
        var pages = new ReportPages();
        var first = new Outbox(pages);
        for (var i = 0; i < 100; i++) first.Append(100).Fill(0xEE);
        first.Purge();

        for (var i = 0; i < 256; i++) Assert.Equal(-1, pages.Bytes(pages.Rent()).IndexOf((byte)0xEE));
    }

    [Fact]
    public void Steady_use_takes_no_more_memory()
    {
        var pages = new ReportPages();
        var outbox = new Outbox(pages);
        for (var round = 0; round < 10_000; round++)
        {
            for (var i = 0; i < 50; i++) Append(outbox, 90, block: 1);
            while (!outbox.TakeRun(4_054, ulong.MaxValue).IsEmpty)
            {
            }

            outbox.Acknowledge(outbox.LastNumber);
        }

        Assert.Equal(1, pages.InUse);
    }

    /// <summary>Forgetting whole pages moves a stream that stood in them; it never moves back.</summary>
    private static int ReadAfterForgetting(Outbox outbox, int read) => Math.Max(read, (int)((long)outbox.LastNumber - outbox.Unread));

    private static byte[] Append(Outbox outbox, int length, ulong block)
    {
        var report = outbox.Append(length);
        report.Fill((byte)outbox.LastNumber);
        BinaryPrimitives.WriteUInt64LittleEndian(report, outbox.LastNumber);
        BinaryPrimitives.WriteUInt16LittleEndian(report[10..], (ushort)length);
        BinaryPrimitives.WriteUInt64LittleEndian(report[16..], block);
        return report.ToArray();
    }
}
