using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Envelopes;
using DarkPool.Protocol.Hpke;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Reports;
using DarkPool.Protocol.Sessions;
using Xunit;

namespace DarkPool.Protocol.Tests.Sessions;

/// <summary>A session from hello to frames, both sides real.</summary>
public sealed class SessionTests
{
    private const ulong Session = (7UL << 16) + 3;

    [Theory]
    [InlineData(HpkeSuite.Aes256Gcm)]
    [InlineData(HpkeSuite.ChaCha20Poly1305)]
    public void Both_sides_of_a_hello_derive_the_same_secrets(HpkeSuite suite)
    {
        using var pair = SessionPair.Open(suite);
        var client = new byte[SessionKeys.ExportedSize];
        var enclave = new byte[SessionKeys.ExportedSize];
        pair.Client.ExportKeys(client);
        pair.Enclave.Keys.Export(enclave);
        Assert.Equal(client, enclave);
        Assert.Equal(suite, pair.Enclave.Suite);
        Assert.Equal(RateClass.Medium, pair.Enclave.RateClass);
        Assert.Equal(new AccountKey(Fixture.PublicKeyOf(pair.Account)), pair.Enclave.Account);
    }

    [Theory]
    [InlineData(HpkeSuite.Aes256Gcm, EnvelopeLimits.SmallSize)]
    [InlineData(HpkeSuite.ChaCha20Poly1305, EnvelopeLimits.SmallSize)]
    [InlineData(HpkeSuite.Aes256Gcm, EnvelopeLimits.LargeSize)]
    [InlineData(HpkeSuite.ChaCha20Poly1305, EnvelopeLimits.LargeSize)]
    public void A_sealed_command_opens_to_what_was_sealed(HpkeSuite suite, int size)
    {
        using var pair = SessionPair.Open(suite);
        pair.Client.Bind(Session);
        var order = new PlaceOrder(42, 1, Side.Sell, OrderType.Limit, TimeInForce.GoodTillTime, 5_000, 17, 1_700_000_000_000_000);
        var body = new byte[PlaceOrder.Size];
        order.Write(body);
        var envelope = new byte[size];
        Assert.Equal(1UL, pair.Client.SealCommand(CommandType.PlaceOrder, body, ack: 9, envelope));

        Assert.True(EnvelopeHeader.TryRead(envelope, out var header));
        Assert.Equal((Session, 1UL, size, suite), (header.Session, header.Sequence, header.TotalSize, header.Suite));
        var plaintext = new byte[size - EnvelopeLimits.Overhead];
        Assert.True(CommandOpener.TryOpen(pair.Enclave.Keys, header, envelope, plaintext));
        Assert.True(CommandHeader.TryRead(plaintext, out var command, out var opened));
        Assert.Equal((CommandType.PlaceOrder, 9UL), (command.Type, command.Ack));
        Assert.True(PlaceOrder.TryRead(opened, out var read));
        Assert.Equal(order, read);
    }

    [Fact]
    public void Equal_commands_look_different_in_every_sequence()
    {
        using var pair = SessionPair.Open(HpkeSuite.Aes256Gcm);
        pair.Client.Bind(Session);
        var first = new byte[EnvelopeLimits.SmallSize];
        var second = new byte[EnvelopeLimits.SmallSize];
        Assert.Equal(1UL, pair.Client.SealCommand(CommandType.Cover, [], 0, first));
        Assert.Equal(2UL, pair.Client.SealCommand(CommandType.Cover, [], 0, second));
        Assert.NotEqual(first[EnvelopeHeader.Size..], second[EnvelopeHeader.Size..]);
    }

    [Fact]
    public void A_command_moved_to_another_sequence_or_session_does_not_open()
    {
        using var pair = SessionPair.Open(HpkeSuite.Aes256Gcm);
        pair.Client.Bind(Session);
        var envelope = new byte[EnvelopeLimits.SmallSize];
        var plaintext = new byte[EnvelopeLimits.SmallPlaintext];
        pair.Client.SealCommand(CommandType.Cover, [], 0, envelope);
        Assert.True(EnvelopeHeader.TryRead(envelope, out var header));

        var moved = envelope.ToArray();
        (header with { Sequence = 2 }).Write(moved);
        Assert.False(CommandOpener.TryOpen(pair.Enclave.Keys, header with { Sequence = 2 }, moved, plaintext));
        (header with { Session = Session + 1 }).Write(moved);
        Assert.False(CommandOpener.TryOpen(pair.Enclave.Keys, header with { Session = Session + 1 }, moved, plaintext));
        Assert.True(CommandOpener.TryOpen(pair.Enclave.Keys, header, envelope, plaintext));
    }

    [Fact]
    public void A_hello_passed_on_to_another_enclave_or_venue_does_not_open()
    {
        using var pair = SessionPair.Open(HpkeSuite.Aes256Gcm);
        using var otherKey = Fixture.Exchange(0x56);
        Assert.False(HelloOpener.TryOpen(pair.Client.Hello.Span, otherKey, Fixture.VenueId, out _));
        Assert.False(HelloOpener.TryOpen(pair.Client.Hello.Span, pair.EncryptionKey, Fixture.Filled(1), out _));
    }

    [Fact]
    public void A_hello_resealed_to_another_enclave_is_not_signed_for_it()
    {
        // A malicious enclave that opened a hello can reseal its plaintext; the signature names the first enclave's key.
        using var account = Fixture.Account();
        using var first = Fixture.EnclaveEncryption();
        using var second = Fixture.Exchange(0x56);
        var envelope = new byte[EnvelopeLimits.SmallSize];
        var clear = envelope.AsSpan(0, EnvelopeHeader.Size + HpkeSender.EncapsulationSize);
        new EnvelopeHeader(EnvelopeKind.Hello, SizeClass.Small, HpkeSuite.Aes256Gcm, 1, 0, 0).Write(clear);
        var info = new byte[Hello.InfoSize];
        Hello.WriteInfo(info, Fixture.VenueId);
        foreach (var (signedFor, opens) in new[] { (first, false), (second, true) })
        {
            Assert.True(HpkeSender.TrySetup(
                HpkeSuite.Aes256Gcm, Fixture.PublicKeyOf(second).Span, info, clear[EnvelopeHeader.Size..], out var sender));
            var plaintext = new byte[Hello.PlaintextSize];
            Hello.WritePlaintext(plaintext, account, RateClass.Slow, Fixture.VenueId, Fixture.PublicKeyOf(signedFor), clear);
            sender.Seal(clear[..EnvelopeHeader.Size], plaintext, envelope.AsSpan(clear.Length));
            sender.Dispose();
            Assert.Equal(opens, HelloOpener.TryOpen(envelope, second, Fixture.VenueId, out var hello));
            hello?.Keys.Dispose();
        }
    }

    [Fact]
    public void Exported_keys_open_the_session_s_commands_after_a_restart()
    {
        using var pair = SessionPair.Open(HpkeSuite.ChaCha20Poly1305);
        pair.Client.Bind(Session);
        var exported = new byte[SessionKeys.ExportedSize];
        pair.Enclave.Keys.Export(exported);
        Assert.True(SessionKeys.TryImport(exported, out var restored));
        Assert.True(SessionKeys.TryImport(exported, out var clientKeys));
        using var resumed = ClientSession.Resume(clientKeys, keyEpoch: 1, RateClass.Medium, Session, nextSequence: 8);
        var envelope = new byte[EnvelopeLimits.SmallSize];
        Assert.Equal(8UL, resumed.SealCommand(CommandType.QueryBalances, [], 0, envelope));
        Assert.True(EnvelopeHeader.TryRead(envelope, out var header));
        Assert.True(CommandOpener.TryOpen(restored, header, envelope, new byte[EnvelopeLimits.SmallPlaintext]));
        restored.Dispose();
        exported[0] = 9;
        Assert.False(SessionKeys.TryImport(exported, out _));
        Assert.False(SessionKeys.TryImport(exported.AsSpan(1), out _));
    }

    [Fact]
    public void Nothing_is_sealed_before_the_session_has_its_number()
    {
        using var pair = SessionPair.Open(HpkeSuite.Aes256Gcm);
        Assert.Throws<InvalidOperationException>(
            () => pair.Client.SealCommand(CommandType.Cover, [], 0, new byte[EnvelopeLimits.SmallSize]));
        Assert.Throws<InvalidOperationException>(() => pair.Client.RequestStream(1));
        pair.Client.Bind(Session);
        Assert.Throws<InvalidOperationException>(() => pair.Client.Bind(Session + 1));
    }

    [Fact]
    public void Disposed_keys_give_nothing_away()
    {
        using var pair = SessionPair.Open(HpkeSuite.Aes256Gcm);
        pair.Enclave.Keys.Dispose();
        Assert.Throws<ObjectDisposedException>(() => pair.Enclave.Keys.Export(new byte[SessionKeys.ExportedSize]));
        Assert.Equal(typeof(SessionKeys).FullName, pair.Enclave.Keys.ToString());
    }

    [Fact]
    public void A_low_order_enclave_key_is_refused()
    {
        using var account = Fixture.Account();
        Assert.False(ClientSession.TryStart(
            account, HpkeSuite.Aes256Gcm, RateClass.Slow, 1, default, Fixture.VenueId, out _));
        Assert.False(ClientSession.TryStart(
            account, HpkeSuite.Aes256Gcm, RateClass.Slow, 1, new Bytes32([1, .. new byte[31]]), Fixture.VenueId, out _));
    }

    [Fact]
    public void A_session_is_numbered_by_the_place_of_its_hello()
    {
        Assert.Equal((12UL << 16) + 4095, SessionNumber.At(12, 4095));
        Assert.Equal((12UL, 4095), (SessionNumber.BlockOf(SessionNumber.At(12, 4095)), SessionNumber.IndexOf(SessionNumber.At(12, 4095))));
    }
}
