using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Envelopes;
using DarkPool.Protocol.Hpke;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Receipts;
using DarkPool.Protocol.Tests.Sessions;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Protocol.Tests.Receipts;

/// <summary>Receipts for real sealed envelopes in real blocks.</summary>
public sealed class ReceiptTests
{
    private static readonly Bytes32 StateRoot = Fixture.Filled(0x77);

    [Property(MaxTest = 60)]
    public void A_receipt_proves_exactly_the_envelopes_of_its_run(byte before, byte run, byte after)
    {
        var count = 1 + (run % 9);
        var envelopes = Envelopes(count);
        var receipt = Build(before % 40, envelopes, after % 40, out _);
        Assert.True(Receipt.TryRead(receipt, out var read, out var rest));
        Assert.True(rest.IsEmpty);
        Assert.Equal((before % 40, count), (read.First, read.Count));
        Assert.Equal(StateRoot, read.StateRoot);
        Assert.Equal(ReceiptFault.None, read.Verify(Fixture.VenueId, SigningKey(), envelopes));
        Assert.Equal(ReceiptFault.None, read.Verify(Fixture.VenueId, SigningKey()));

        var oneLess = envelopes[..^EnvelopeLimits.SmallSize];
        Assert.Equal(ReceiptFault.WrongCount, read.Verify(Fixture.VenueId, SigningKey(), oneLess));
        Assert.Equal(ReceiptFault.WrongCount, read.Verify(Fixture.VenueId, SigningKey(), [.. envelopes, .. envelopes]));
        Assert.Equal(ReceiptFault.BadSignature, read.Verify(Fixture.Filled(1), SigningKey(), envelopes));
        Assert.Equal(ReceiptFault.BadSignature, read.Verify(Fixture.VenueId, Fixture.Filled(1), envelopes));
        envelopes[^1] ^= 1;
        Assert.Equal(ReceiptFault.WrongEnvelope, read.Verify(Fixture.VenueId, SigningKey(), envelopes));
    }

    [Fact]
    public void A_receipt_with_any_bit_flipped_is_refused()
    {
        var envelopes = Envelopes(2);
        var receipt = Build(3, envelopes, 4, out _);
        for (var bit = 0; bit < receipt.Length * 8; bit++)
        {
            receipt[bit / 8] ^= (byte)(1 << (bit % 8));
            var accepted = Receipt.TryRead(receipt, out var read, out var rest)
                && rest.IsEmpty
                && read.Verify(Fixture.VenueId, SigningKey(), envelopes) == ReceiptFault.None;
            Assert.False(accepted);
            receipt[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void A_receipt_of_any_other_length_is_refused()
    {
        var receipt = Build(3, Envelopes(2), 4, out _);
        for (var length = 0; length < receipt.Length; length++) Assert.False(Receipt.TryRead(receipt.AsSpan(0, length), out _, out _));
        Assert.True(Receipt.TryRead([.. receipt, 7], out _, out var rest));
        Assert.Equal([7], rest.ToArray());
    }

    [Property(MaxTest = 500)]
    public void Any_bytes_are_read_or_refused_without_an_exception(byte[] noise, int place)
    {
        Receipt.TryRead(noise, out _, out _);
        var receipt = Build(3, Envelopes(1), 1, out _);
        var at = (place & int.MaxValue) % receipt.Length;
        noise.AsSpan(0, Math.Min(noise.Length, receipt.Length - at)).CopyTo(receipt.AsSpan(at));
        if (Receipt.TryRead(receipt, out var read, out _)) read.Verify(Fixture.VenueId, SigningKey());
    }

    [Fact]
    public void Runs_of_one_answer_stand_one_behind_the_other()
    {
        var envelopes = Envelopes(3);
        byte[] both = [.. Build(0, envelopes[..512], 1, out _), .. Build(5, envelopes[512..], 0, out _)];
        Assert.True(Receipt.TryRead(both, out var first, out var rest));
        Assert.True(Receipt.TryRead(rest, out var second, out rest));
        Assert.True(rest.IsEmpty);
        Assert.Equal(ReceiptFault.None, first.Verify(Fixture.VenueId, SigningKey(), envelopes.AsSpan(0, 512)));
        Assert.Equal(ReceiptFault.None, second.Verify(Fixture.VenueId, SigningKey(), envelopes.AsSpan(512)));
    }

    [Fact]
    public void A_statement_of_another_block_head_or_root_is_not_signed()
    {
        using var key = Fixture.EnclaveSigning();
        var statement = new BlockStatement(Fixture.VenueId, 5, Fixture.Filled(1), Fixture.Filled(2));
        var signature = new byte[BlockStatement.SignatureSize];
        statement.Sign(key, signature);
        Assert.True(statement.Verify(SigningKey(), signature));
        Assert.False((statement with { Number = 6 }).Verify(SigningKey(), signature));
        Assert.False((statement with { Head = Fixture.Filled(3) }).Verify(SigningKey(), signature));
        Assert.False((statement with { StateRoot = Fixture.Filled(3) }).Verify(SigningKey(), signature));
        Assert.False((statement with { VenueId = Fixture.Filled(3) }).Verify(SigningKey(), signature));
        Assert.False(statement.Verify(SigningKey(), signature.AsSpan(1)));
    }

    private static byte[] Build(int before, byte[] envelopes, int after, out BlockHeader header)
    {
        using var builder = new BlockBuilder(shard: 0);
        for (var index = 0; index < before; index++) builder.TryAppend(EntryKind.Price, [(byte)index]);
        for (var at = 0; at < envelopes.Length; at += EnvelopeLimits.SmallSize)
            builder.TryAppend(EntryKind.Envelope, envelopes.AsSpan(at, EnvelopeLimits.SmallSize));
        for (var index = 0; index < after; index++) builder.TryAppend(EntryKind.Price, [(byte)index]);
        builder.Seal(3, 4, Fixture.Filled(5), 6, out header);

        using var key = Fixture.EnclaveSigning();
        var signature = new byte[BlockStatement.SignatureSize];
        new BlockStatement(Fixture.VenueId, header.Number, header.ComputeHead(), StateRoot).Sign(key, signature);
        return Receipt.Build(header, builder.Tree, before, envelopes.Length / EnvelopeLimits.SmallSize, StateRoot, signature);
    }

    private static byte[] Envelopes(int count)
    {
        using var pair = SessionPair.Open(HpkeSuite.Aes256Gcm);
        pair.Client.Bind(65_536);
        var envelopes = new byte[count * EnvelopeLimits.SmallSize];
        for (var at = 0; at < envelopes.Length; at += EnvelopeLimits.SmallSize)
            pair.Client.SealCommand(CommandType.Cover, [], 0, envelopes.AsSpan(at, EnvelopeLimits.SmallSize));
        return envelopes;
    }

    private static Bytes32 SigningKey()
    {
        using var key = Fixture.EnclaveSigning();
        return Fixture.PublicKeyOf(key);
    }
}
