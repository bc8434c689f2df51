using DarkPool.Protocol.Hpke;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Protocol.Tests.Hpke;

/// <summary>Contexts beside the published vectors: order, refusal, and what a disposed one does.</summary>
public sealed class HpkeContextTests
{
    [Property(MaxTest = 60)]
    public void Messages_open_in_their_order_and_in_no_other(byte[] first, byte[] second, byte[] aad, bool chacha)
    {
        using var pair = Pair.SetUp(chacha ? HpkeSuite.ChaCha20Poly1305 : HpkeSuite.Aes256Gcm);
        var one = pair.Seal(aad, first);
        var two = pair.Seal(aad, second);
        Assert.False(pair.Receiver.TryOpen(aad, two, new byte[second.Length]));
        Assert.Equal(first, pair.Open(aad, one));
        Assert.False(pair.Receiver.TryOpen(aad, one, new byte[first.Length]));
        Assert.Equal(second, pair.Open(aad, two));
    }

    [Fact]
    public void A_refused_message_does_not_move_the_sequence()
    {
        using var pair = Pair.SetUp(HpkeSuite.Aes256Gcm);
        var message = pair.Seal([1], [2, 3]);
        Assert.False(pair.Receiver.TryOpen([9], message, new byte[2]));
        Assert.False(pair.Receiver.TryOpen([1], message.AsSpan(1), new byte[1]));
        Assert.False(pair.Receiver.TryOpen([1], message, new byte[3]));
        Assert.False(pair.Receiver.TryOpen([1], [], []));
        Assert.Equal([2, 3], pair.Open([1], message));
    }

    [Fact]
    public void Another_info_gives_another_context()
    {
        using var recipient = Fixture.EnclaveEncryption();
        var encapsulation = new byte[HpkeSender.EncapsulationSize];
        Assert.True(HpkeSender.TrySetup(
            HpkeSuite.Aes256Gcm, Fixture.PublicKeyOf(recipient).Span, "one"u8, encapsulation, out var sender));
        Assert.True(HpkeReceiver.TrySetup(HpkeSuite.Aes256Gcm, recipient, encapsulation, "two"u8, out var receiver));
        using (sender)
        using (receiver)
        {
            var message = new byte[HpkeAead.TagSize];
            sender.Seal([], [], message);
            Assert.False(receiver.TryOpen([], message, []));
        }
    }

    [Fact]
    public void An_export_only_context_exports_and_seals_nothing()
    {
        using var pair = Pair.SetUp(HpkeSuite.ExportOnly);
        Assert.Throws<InvalidOperationException>(() => pair.Sender.Seal([], [], new byte[HpkeAead.TagSize]));
        Assert.Throws<InvalidOperationException>(() => pair.Receiver.TryOpen([], new byte[HpkeAead.TagSize], []));
        Assert.Equal(Export(pair.Sender, "a"u8), Export(pair.Receiver, "a"u8));
        Assert.NotEqual(Export(pair.Sender, "a"u8), Export(pair.Sender, "b"u8));
    }

    [Fact]
    public void A_disposed_context_does_nothing_more()
    {
        var pair = Pair.SetUp(HpkeSuite.Aes256Gcm);
        pair.Dispose();
        pair.Dispose();
        Assert.Throws<ObjectDisposedException>(() => pair.Sender.Seal([], [], new byte[HpkeAead.TagSize]));
        Assert.Throws<ObjectDisposedException>(() => Export(pair.Sender, "a"u8));
        Assert.Equal(typeof(HpkeSender).FullName, pair.Sender.ToString());
    }

    [Fact]
    public void An_encapsulated_key_of_another_length_is_refused()
    {
        using var recipient = Fixture.EnclaveEncryption();
        Assert.False(HpkeReceiver.TrySetup(HpkeSuite.Aes256Gcm, recipient, new byte[31], [], out _));
        Assert.False(HpkeReceiver.TrySetup(HpkeSuite.None, recipient, Fixture.PublicKeyOf(recipient).Span, [], out _));
        Assert.False(HpkeSender.TrySetup(HpkeSuite.Aes256Gcm, new byte[33], [], new byte[32], out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => HpkeKeyPair.Derive(new byte[31]));
    }

    [Fact]
    public void Every_setup_has_a_fresh_key()
    {
        using var recipient = Fixture.EnclaveEncryption();
        var first = new byte[HpkeSender.EncapsulationSize];
        var second = new byte[HpkeSender.EncapsulationSize];
        Assert.True(HpkeSender.TrySetup(HpkeSuite.Aes256Gcm, Fixture.PublicKeyOf(recipient).Span, [], first, out var one));
        Assert.True(HpkeSender.TrySetup(HpkeSuite.Aes256Gcm, Fixture.PublicKeyOf(recipient).Span, [], second, out var two));
        Assert.NotEqual(first, second);
        one.Dispose();
        two.Dispose();
    }

    private static byte[] Export(HpkeContext context, ReadOnlySpan<byte> purpose)
    {
        var secret = new byte[32];
        context.Export(purpose, secret);
        return secret;
    }

    private sealed class Pair(HpkeSender sender, HpkeReceiver receiver) : IDisposable
    {
        public HpkeSender Sender { get; } = sender;

        public HpkeReceiver Receiver { get; } = receiver;

        public static Pair SetUp(HpkeSuite suite)
        {
            using var recipient = Fixture.EnclaveEncryption();
            var encapsulation = new byte[HpkeSender.EncapsulationSize];
            Assert.True(HpkeSender.TrySetup(suite, Fixture.PublicKeyOf(recipient).Span, "info"u8, encapsulation, out var sender));
            Assert.True(HpkeReceiver.TrySetup(suite, recipient, encapsulation, "info"u8, out var receiver));
            return new Pair(sender, receiver);
        }

        public byte[] Seal(byte[] aad, byte[] message)
        {
            var ciphertext = new byte[message.Length + HpkeAead.TagSize];
            Sender.Seal(aad, message, ciphertext);
            return ciphertext;
        }

        public byte[] Open(byte[] aad, byte[] ciphertext)
        {
            var message = new byte[ciphertext.Length - HpkeAead.TagSize];
            Assert.True(Receiver.TryOpen(aad, ciphertext, message));
            return message;
        }

        public void Dispose()
        {
            Sender.Dispose();
            Receiver.Dispose();
        }
    }
}
