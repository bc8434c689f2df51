using DarkPool.Protocol.Entries;
using DarkPool.Protocol.Identity;
using NSec.Cryptography;
using Xunit;

namespace DarkPool.Protocol.Tests.Entries;

/// <summary>Who may sign what; that any damage is refused, the laws of the formats say.</summary>
public sealed class EntrySignatureTests
{
    private static readonly GovernanceCommand Command =
        new(GovernanceType.SetSettlementInterval, 1, new SetSettlementInterval(1_000_000).ToBytes());

    [Fact]
    public void Governance_needs_its_threshold_of_its_own_keys()
    {
        using var first = Fixture.Governor(0);
        using var second = Fixture.Governor(1);
        using var third = Fixture.Governor(2);
        using var stranger = Fixture.PriceSource();
        Assert.True(Governs(first, second));
        Assert.True(Governs(third, first));
        Assert.True(Governs(first, second, third));
        Assert.False(Governs());
        Assert.False(Governs(first));
        Assert.False(Governs(first, first));
        Assert.False(Governs(first, stranger));
        Assert.False(Governs(first, second, stranger));
    }

    [Fact]
    public void Governance_signed_apart_is_the_same_as_signed_together()
    {
        using var first = Fixture.Governor(0);
        using var second = Fixture.Governor(1);
        var apart = Command.Assemble([Apart(second), Apart(first)]);
        Assert.Equal(Command.Sign(Fixture.VenueId, first, second), apart);
        Assert.True(GovernanceCommand.TryVerify(apart, Fixture.Genesis, out var read));
        Assert.Equal((Command.Type, Command.Sequence), (read.Type, read.Sequence));
        Assert.True(SetSettlementInterval.TryRead(read.Body.Span, out var change));
        Assert.Equal(1_000_000UL, change.Interval);
    }

    [Fact]
    public void One_bad_signature_among_enough_good_ones_is_refused()
    {
        using var first = Fixture.Governor(0);
        using var second = Fixture.Governor(1);
        using var third = Fixture.Governor(2);
        var forged = new KeyValuePair<Bytes32, byte[]>(Fixture.PublicKeyOf(third), new byte[64]);
        Assert.False(GovernanceCommand.TryVerify(
            Command.Assemble([Apart(first), Apart(second), forged]), Fixture.Genesis, out _));
    }

    [Fact]
    public void A_signature_of_one_venue_is_none_of_another()
    {
        using var enclave = Fixture.EnclaveSigning();
        using var source = Fixture.PriceSource();
        var elsewhere = Fixture.Filled(1);
        var price = new SignedPrice(1, 2, 3, 4, Fixture.PublicKeyOf(source)).Sign(source, elsewhere);
        Assert.False(SignedPrice.TryVerify(price, Fixture.VenueId, out _));
        Assert.True(SignedPrice.TryVerify(price, elsewhere, out _));
        var certificate = new DepositCertificate(1, 2, default, default, 3, 4, 5, default, new byte[84]).Sign(enclave, elsewhere);
        Assert.False(DepositCertificate.TryVerify(certificate, Fixture.PublicKeyOf(enclave), Fixture.VenueId, out _));
        Assert.True(DepositCertificate.TryVerify(certificate, Fixture.PublicKeyOf(enclave), elsewhere, out _));
    }

    [Fact]
    public void A_certificate_of_another_key_is_refused()
    {
        using var enclave = Fixture.EnclaveSigning();
        using var forger = Fixture.PriceSource();
        var certificate = new DepositCertificate(1, 2, default, default, 3, 4, 5, default, new byte[84]).Sign(forger, Fixture.VenueId);
        Assert.False(DepositCertificate.TryVerify(certificate, Fixture.PublicKeyOf(enclave), Fixture.VenueId, out _));
    }

    [Fact]
    public void A_price_is_signed_only_by_the_source_it_names()
    {
        using var source = Fixture.PriceSource();
        using var other = Fixture.EnclaveSigning();
        Assert.Throws<ArgumentException>(() => new SignedPrice(1, 2, 3, 4, Fixture.PublicKeyOf(source)).Sign(other, Fixture.VenueId));
    }

    [Fact]
    public void What_no_format_holds_is_refused_before_it_is_signed()
    {
        using var key = Fixture.EnclaveSigning();
        var certificate = new DepositCertificate(1, 2, default, default, 3, 4, 5, default, new byte[DepositCertificate.MaxTagLength + 1]);
        Assert.Throws<InvalidOperationException>(() => certificate.Sign(key, Fixture.VenueId));
        var command = new GovernanceCommand(GovernanceType.ListAsset, 1, new byte[GovernanceCommand.MaxBodyLength + 1]);
        Assert.Throws<InvalidOperationException>(() => command.Sign(Fixture.VenueId, key));
        Assert.Throws<ArgumentException>(() => new ListAsset(1, default, 2, "TOO LONG A NAME").ToBytes());
        Assert.Throws<ArgumentException>(() => new ListAsset(1, default, 2, "").ToBytes());
    }

    private static bool Governs(params Key[] signers) =>
        GovernanceCommand.TryVerify(Command.Sign(Fixture.VenueId, signers), Fixture.Genesis, out _);

    private static KeyValuePair<Bytes32, byte[]> Apart(Key key) =>
        KeyValuePair.Create(Fixture.PublicKeyOf(key), Command.SignOne(key, Fixture.VenueId));
}
