using System.Security.Cryptography;
using DarkPool.Enclave.Shard;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Link;
using Xunit;

namespace DarkPool.Enclave.Tests.Shard;

/// <summary>What the chain knows of the log decides whether a restarted enclave may go on with it.</summary>
public class AnchorGateTests
{
    private static readonly Bytes32 Head = HeadOf(7);
    private static readonly LogPosition Last = new(9, 1_000_000, HeadOf(9));

    [Fact]
    public void A_log_that_holds_the_anchored_batch_goes_live() => AnchorGate.Check(7, Head, Last, Anchors(), now: 1_000_000);

    [Fact]
    public void A_chain_without_a_batch_asks_for_nothing() => AnchorGate.Check(0, default, Last, new BatchAnchors(), now: 1_000_000);

    [Fact]
    public void A_log_that_ends_before_the_anchor_is_truncated() =>
        Assert.Contains("truncated", Refusal(LinkErrorCode.ForkOrTruncated, 10, HeadOf(10)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_log_with_another_head_at_the_anchor_is_a_fork() =>
        Assert.Contains("fork", Refusal(LinkErrorCode.ForkOrTruncated, 7, HeadOf(8)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_log_whose_anchored_block_closed_no_batch_is_a_fork() => Refusal(LinkErrorCode.ForkOrTruncated, 8, HeadOf(8));

    [Fact]
    public void A_log_from_the_future_is_refused() =>
        Assert.Equal(
            LinkErrorCode.TimeOutOfBounds,
            Assert.Throws<LinkException>(() =>
                AnchorGate.Check(7, Head, Last, Anchors(), now: 1_000_000 - ShardLimits.MaxClockDistance - 1)).Code);

    [Fact]
    public void Only_the_oldest_anchors_are_forgotten()
    {
        var anchors = new BatchAnchors();
        for (ulong block = 1; block <= ShardLimits.MaxAnchors + 1; block++) anchors.Add(block, Head);

        Assert.Equal(ShardLimits.MaxAnchors, anchors.Count);
        Assert.False(anchors.Contains(1, Head));
        Assert.True(anchors.Contains(2, Head));
    }

    private static BatchAnchors Anchors()
    {
        var anchors = new BatchAnchors();
        anchors.Add(3, HeadOf(3));
        anchors.Add(7, Head);
        return anchors;
    }

    private static LinkException Refusal(LinkErrorCode code, ulong block, Bytes32 head)
    {
        var refusal = Assert.Throws<LinkException>(() => AnchorGate.Check(block, head, Last, Anchors(), now: 1_000_000));
        Assert.Equal(code, refusal.Code);
        return refusal;
    }

    private static Bytes32 HeadOf(byte block) => new(SHA256.HashData([block]));
}
