using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Envelopes;
using DarkPool.Protocol.Hpke;
using DarkPool.Protocol.Sessions;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Protocol.Tests.Sessions;

/// <summary>
/// The enclave's hottest call: whatever it is given, it opens only what was sealed, allocates nothing, and can run on all cores.
/// </summary>
public sealed class CommandOpenerTests
{
    private const ulong Session = (7UL << 16) + 3;

    [Theory]
    [InlineData(HpkeSuite.Aes256Gcm)]
    [InlineData(HpkeSuite.ChaCha20Poly1305)]
    public void An_envelope_with_any_bit_flipped_is_refused(HpkeSuite suite)
    {
        using var pair = Pair(suite);
        var envelope = Seal(pair, 1);
        for (var bit = 0; bit < envelope.Length * 8; bit++)
        {
            envelope[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(TryOpen(pair, envelope));
            envelope[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.True(TryOpen(pair, envelope));
    }

    [Fact]
    public void An_envelope_of_any_other_length_is_refused()
    {
        using var pair = Pair(HpkeSuite.Aes256Gcm);
        var envelope = Seal(pair, 1);
        for (var length = 0; length < envelope.Length; length++) Assert.False(TryOpen(pair, envelope[..length]));
        Assert.False(TryOpen(pair, [.. envelope, 0]));
        Assert.False(TryOpen(pair, [.. envelope, .. new byte[EnvelopeLimits.LargeSize - EnvelopeLimits.SmallSize]]));
    }

    [Property(MaxTest = 300)]
    public void Any_bytes_are_refused_without_an_exception(byte[] noise, bool withHeader)
    {
        using var pair = Pair(HpkeSuite.Aes256Gcm);
        var envelope = new byte[EnvelopeLimits.SmallSize];
        noise.AsSpan(0, Math.Min(noise.Length, envelope.Length)).CopyTo(envelope);
        if (withHeader)
            new EnvelopeHeader(EnvelopeKind.Command, SizeClass.Small, HpkeSuite.Aes256Gcm, 1, Session, 1).Write(envelope);
        Assert.False(TryOpen(pair, envelope));
        Assert.False(HelloOpener.TryOpen(envelope, pair.EncryptionKey, Fixture.VenueId, out _));
        Assert.False(HelloOpener.TryOpen(noise, pair.EncryptionKey, Fixture.VenueId, out _));
    }

    [Fact]
    public void A_hello_with_any_bit_flipped_is_refused()
    {
        using var pair = Pair(HpkeSuite.Aes256Gcm);
        var hello = pair.Client.Hello.ToArray();
        for (var bit = 0; bit < hello.Length * 8; bit++)
        {
            hello[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(HelloOpener.TryOpen(hello, pair.EncryptionKey, Fixture.VenueId, out _));
            hello[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void A_low_order_encapsulated_key_is_refused()
    {
        using var pair = Pair(HpkeSuite.Aes256Gcm);
        var hello = pair.Client.Hello.ToArray();
        foreach (var point in LowOrderPoints())
        {
            point.CopyTo(hello, EnvelopeHeader.Size);
            Assert.False(HelloOpener.TryOpen(hello, pair.EncryptionKey, Fixture.VenueId, out _));
            Assert.False(HpkeReceiver.TrySetup(HpkeSuite.Aes256Gcm, pair.EncryptionKey, point, [], out _));
            Assert.False(HpkeSender.TrySetup(HpkeSuite.Aes256Gcm, point, [], new byte[32], out _));
        }
    }

    [Fact]
    public void A_hello_is_no_command_and_a_command_no_hello()
    {
        using var pair = Pair(HpkeSuite.Aes256Gcm);
        Assert.False(TryOpen(pair, pair.Client.Hello.ToArray()));
        Assert.False(HelloOpener.TryOpen(Seal(pair, 1), pair.EncryptionKey, Fixture.VenueId, out _));
    }

    [Fact]
    public void Opening_allocates_nothing()
    {
        using var pair = Pair(HpkeSuite.Aes256Gcm);
        var envelope = Seal(pair, 1);
        var plaintext = new byte[EnvelopeLimits.SmallPlaintext];
        Assert.True(OpenAndParse(pair.Enclave.Keys, envelope, plaintext));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 1_000; round++) OpenAndParse(pair.Enclave.Keys, envelope, plaintext);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Envelopes_of_one_session_open_on_many_threads_at_once()
    {
        const int Count = 2_000;
        using var pair = Pair(HpkeSuite.Aes256Gcm);
        var envelopes = Enumerable.Range(1, Count).Select(sequence => Seal(pair, (ulong)sequence)).ToArray();
        var opened = new bool[Count];
        Parallel.For(0, Count, index => opened[index] = OpenAndParse(
            pair.Enclave.Keys, envelopes[index], new byte[EnvelopeLimits.SmallPlaintext]));
        Assert.All(opened, Assert.True);
    }

    private static IEnumerable<byte[]> LowOrderPoints()
    {
        yield return new byte[32];
        yield return [1, .. new byte[31]];
        yield return Convert.FromHexString("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800");
        yield return Convert.FromHexString("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157");
        yield return Convert.FromHexString("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
        yield return Convert.FromHexString("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
        yield return Convert.FromHexString("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
    }

    private static SessionPair Pair(HpkeSuite suite)
    {
        var pair = SessionPair.Open(suite);
        pair.Client.Bind(Session);
        return pair;
    }

    private static byte[] Seal(SessionPair pair, ulong expectedSequence)
    {
        var body = new byte[CancelOrder.Size];
        new CancelOrder(5).Write(body);
        var envelope = new byte[EnvelopeLimits.SmallSize];
        Assert.Equal(expectedSequence, pair.Client.SealCommand(CommandType.CancelOrder, body, 0, envelope));
        return envelope;
    }

    private static bool TryOpen(SessionPair pair, byte[] envelope) =>
        EnvelopeHeader.TryRead(envelope, out var header)
        && CommandOpener.TryOpen(
            pair.Enclave.Keys, header, envelope, new byte[Math.Max(0, header.TotalSize - EnvelopeLimits.Overhead)]);

    private static bool OpenAndParse(SessionKeys keys, byte[] envelope, byte[] plaintext) =>
        EnvelopeHeader.TryRead(envelope, out var header)
        && CommandOpener.TryOpen(keys, header, envelope, plaintext)
        && CommandHeader.TryRead(plaintext, out _, out var body)
        && CancelOrder.TryRead(body, out var cancel)
        && cancel.ClientOrderId == 5;
}
