using DarkPool.Enclave.Shard;
using DarkPool.Enclave.Tests.Fixtures;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Entries;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Link;
using Xunit;

namespace DarkPool.Enclave.Tests.Shard;

/// <summary>Deposits, prices and governance: who may, in which order, and that a refused one moves no root.</summary>
public sealed class PublicEntryTests : IDisposable
{
    private readonly TestPlatform _platform = new();
    private readonly TestVenue _venue;

    public PublicEntryTests() => _venue = TestVenue.Listed(_platform);

    public void Dispose()
    {
        _venue.Dispose();
        _platform.Dispose();
    }

    [Fact]
    public void A_deposit_is_credited_and_told()
    {
        using var client = _venue.Join(21);
        _venue.ReportsOf(client);

        _venue.Run(_venue.Deposit(client.AccountKey, TestVenue.BaseAsset, 500));

        var deposited = Assert.Single(_venue.ReportsOf(client)).Deposited;
        Assert.Equal((1ul, TestVenue.BaseAsset, (UInt128)500, (UInt128)500),
            (deposited.DepositId, deposited.Asset, deposited.Amount, deposited.Available));
    }

    [Fact]
    public void A_deposit_whose_tag_does_not_open_goes_to_the_unclaimed_account()
    {
        var certificate = _venue.Certificate(TestVenue.TokenOf(TestVenue.BaseAsset), 700, new byte[DepositTag.Size]);

        var execution = _venue.Run((EntryKind.Deposit, certificate.Sign(_venue.Keys.SigningKey, TestGenesis.Genesis.VenueId)));

        Assert.Empty(execution.Refused);
        Assert.True(_venue.State.Venue.TryFindAccount(PublicEntryDesk.UnclaimedAccount.Span, out var account));
        Assert.Equal((UInt128)700, _venue.State.Venue.BalanceOf(account, TestVenue.BaseAsset).Available);
    }

    [Fact]
    public void A_deposit_signed_by_anybody_else_is_refused() =>
        Refused(EntryRefusalCode.WrongSignature,
            (EntryKind.Deposit, Certificate().Sign(TestGenesis.Governors[0], TestGenesis.Genesis.VenueId)));

    [Fact]
    public void A_deposit_of_another_venue_is_refused() =>
        Refused(EntryRefusalCode.WrongSignature, (EntryKind.Deposit, Certificate().Sign(_venue.Keys.SigningKey, default)));

    [Fact]
    public void A_deposit_of_another_chain_is_refused() =>
        Refused(EntryRefusalCode.WrongChain, Certified(Certificate() with { ChainId = 1 }));

    [Fact]
    public void A_deposit_of_another_vault_is_refused() =>
        Refused(EntryRefusalCode.WrongVault, Certified(Certificate() with { Vault = TestGenesis.AddressOf(1) }));

    [Fact]
    public void A_deposit_of_an_unlisted_token_is_refused_and_waits_for_its_listing()
    {
        var deposit = Certified(Certificate() with { Token = TestVenue.TokenOf(9) });
        Refused(EntryRefusalCode.UnlistedToken, deposit);

        _venue.Run(_venue.Governance(GovernanceType.ListAsset, new ListAsset(9, TestVenue.TokenOf(9), 18, "NINE").ToBytes()));
        Assert.Empty(_venue.Run(deposit).Refused);
    }

    [Fact]
    public void A_deposit_out_of_order_or_twice_is_refused()
    {
        Refused(EntryRefusalCode.OutOfSequence, Certified(Certificate() with { DepositId = 2 }));
        var deposit = Certified(Certificate() with { DepositId = 1 });
        Assert.Empty(_venue.Run(deposit).Refused);
        Refused(EntryRefusalCode.OutOfSequence, deposit);
    }

    [Fact]
    public void A_deposit_of_nothing_is_refused() =>
        Refused(EntryRefusalCode.AmountOutOfRange, Certified(Certificate() with { Amount = 0 }));

    [Fact]
    public void Public_entries_without_their_form_are_refused()
    {
        Refused(EntryRefusalCode.Malformed, (EntryKind.Deposit, new byte[10]));
        Refused(EntryRefusalCode.Malformed, (EntryKind.Price, new byte[10]));
        Refused(EntryRefusalCode.Malformed, (EntryKind.Governance, new byte[10]));
    }

    [Fact]
    public void Governance_below_its_threshold_or_out_of_sequence_is_refused()
    {
        var body = new SetSettlementInterval(1_000).ToBytes();
        var one = new GovernanceCommand(GovernanceType.SetSettlementInterval, 4, body)
            .Sign(TestGenesis.Genesis.VenueId, TestGenesis.Governors[0]);
        var stranger = new GovernanceCommand(GovernanceType.SetSettlementInterval, 4, body)
            .Sign(TestGenesis.Genesis.VenueId, TestGenesis.Governors[0], TestGenesis.SeededKey(99));
        var late = new GovernanceCommand(GovernanceType.SetSettlementInterval, 9, body)
            .Sign(TestGenesis.Genesis.VenueId, TestGenesis.Governors[0], TestGenesis.Governors[1]);
        var unknown = new GovernanceCommand((GovernanceType)77, 4, body)
            .Sign(TestGenesis.Genesis.VenueId, TestGenesis.Governors[0], TestGenesis.Governors[1]);

        Refused(EntryRefusalCode.WrongSignature, (EntryKind.Governance, one));
        Refused(EntryRefusalCode.WrongSignature, (EntryKind.Governance, stranger));
        Refused(EntryRefusalCode.OutOfSequence, (EntryKind.Governance, late));
        Refused(EntryRefusalCode.UnknownCommand, (EntryKind.Governance, unknown));
        Assert.Empty(_venue.Run(_venue.Governance(GovernanceType.SetSettlementInterval, body)).Refused);
    }

    [Fact]
    public void Listing_a_market_of_unknown_assets_is_refused()
    {
        var body = new ListMarket(8, 50, 51, MatchingRule.Continuous, 1, 1, 0, "NONE").ToBytes();
        Refused(EntryRefusalCode.InvalidParameters, _venue.Governance(GovernanceType.ListMarket, body));
    }

    [Fact]
    public void A_price_needs_its_enabled_source_and_a_later_round()
    {
        var source = TestGenesis.SeededKey(40);
        var key = TestGenesis.PublicKeyOf(source);
        var price = new SignedPrice(1, Round: 5, TestVenue.StartTime, Price: 100, key);
        Refused(EntryRefusalCode.UnknownSource, (EntryKind.Price, price.Sign(source, TestGenesis.Genesis.VenueId)));
        _venue.Run(_venue.Governance(GovernanceType.SetPriceSource, new SetPriceSource(1, true, key).ToBytes()));

        Assert.Empty(_venue.Run((EntryKind.Price, price.Sign(source, TestGenesis.Genesis.VenueId))).Refused);
        Refused(EntryRefusalCode.OutOfSequence, (EntryKind.Price, price.Sign(source, TestGenesis.Genesis.VenueId)));
        Refused(EntryRefusalCode.WrongSignature, (EntryKind.Price, price.Sign(source, default)));
        Refused(EntryRefusalCode.InvalidParameters,
            (EntryKind.Price, (price with { Round = 6, Price = 0 }).Sign(source, TestGenesis.Genesis.VenueId)));
    }

    private DepositCertificate Certificate() =>
        _venue.Certificate(TestVenue.TokenOf(TestVenue.BaseAsset), 100, new byte[DepositTag.Size]) with { DepositId = 1 };

    private (EntryKind, byte[]) Certified(DepositCertificate certificate) =>
        (EntryKind.Deposit, certificate.Sign(_venue.Keys.SigningKey, TestGenesis.Genesis.VenueId));

    private void Refused(EntryRefusalCode code, (EntryKind Kind, byte[] Data) entry)
    {
        var before = _venue.State.Venue.StateRoot;
        var execution = _venue.Run(entry);
        Assert.Equal(new EntryRefusal(0, code), Assert.Single(execution.Refused));
        Assert.Equal(0u, execution.Dropped);
        Assert.Equal(before, _venue.State.Venue.StateRoot);
        Assert.Equal(new Bytes32(execution.StateRoot).ToString(), before.ToString());
    }
}
