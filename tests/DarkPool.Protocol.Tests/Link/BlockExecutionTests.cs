using System.Buffers;
using DarkPool.Protocol.Link;
using Xunit;

namespace DarkPool.Protocol.Tests.Link;

public class BlockExecutionTests
{
    private static readonly BlockExecution Full = new()
    {
        Number = 7,
        Time = 1_700_000_000_000_000,
        Head = Filled(32, 1),
        StateRoot = Filled(32, 2),
        Entries = 300,
        Dropped = 3,
        Opened = [new SessionOpening(4, 2), new SessionOpening(9, 3)],
        Closed = [65_540],
        Refused = [new EntryRefusal(11, EntryRefusalCode.UnlistedToken)],
        Signature = Filled(64, 3),
        Batch = Filled(200, 4),
        BatchSignature = Filled(65, 5),
        Reserves = Filled(300, 6),
        Liquidations = Filled(200, 7),
    };

    [Fact]
    public void An_execution_reads_back_as_written()
    {
        BlockExecution read = BlockExecution.Read(Encoded(Full));

        Assert.Equivalent(Full, read, strict: true);
    }

    [Fact]
    public void Without_a_batch_there_is_none_after_reading()
    {
        BlockExecution read = BlockExecution.Read(Encoded(Full with { Batch = null, BatchSignature = null }));

        Assert.Null(read.Batch);
        Assert.Null(read.BatchSignature);
    }

    [Fact]
    public void An_execution_of_the_first_version_has_no_reserves()
    {
        BlockExecution without = Full with { Reserves = null, Liquidations = null };
        byte[] first = Encoded(without)[..^8];
        first[0] = 1;

        Assert.Equivalent(without, BlockExecution.Read(first), strict: true);
    }

    [Fact]
    public void An_execution_of_the_second_version_has_no_liquidations()
    {
        BlockExecution without = Full with { Liquidations = null };
        byte[] second = Encoded(without)[..^4];
        second[0] = 2;

        Assert.Equivalent(without, BlockExecution.Read(second), strict: true);
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        byte[] whole = Encoded(Full);

        for (int length = 0; length < whole.Length; length++)
        {
            byte[] cut = whole[..length];
            Assert.Equal(LinkErrorCode.MalformedMessage, Assert.Throws<LinkException>(() => BlockExecution.Read(cut)).Code);
        }
    }

    [Fact]
    public void Trailing_bytes_are_refused()
    {
        byte[] longer = [.. Encoded(Full), 0];

        Assert.Throws<LinkException>(() => BlockExecution.Read(longer));
    }

    [Fact]
    public void A_count_that_the_payload_cannot_hold_is_refused_before_memory_is_taken()
    {
        byte[] bytes = Encoded(Full with { Opened = [], Closed = [], Refused = [], Batch = null, BatchSignature = null });
        int openedCount = 1 + 8 + 8 + 32 + 32 + 4 + 4 + 64;
        bytes.AsSpan(openedCount, 4).Fill(0xff);

        Assert.Throws<LinkException>(() => BlockExecution.Read(bytes));
    }

    private static byte[] Encoded(BlockExecution execution)
    {
        var output = new ArrayBufferWriter<byte>();
        execution.Write(output);
        return output.WrittenSpan.ToArray();
    }

    private static byte[] Filled(int length, byte value)
    {
        var bytes = new byte[length];
        bytes.AsSpan().Fill(value);
        return bytes;
    }
}
