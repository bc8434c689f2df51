using DarkPool.Enclave.Tests.Fixtures;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Entries;
using DarkPool.Protocol.Reports;
using NSec.Cryptography;
using Xunit;

namespace DarkPool.Enclave.Tests.Shard;

/// <summary>Auctions, midpoint crosses and conditional orders as clients see them, and as a fresh enclave replays them.</summary>
public sealed class CrossingTests : IDisposable
{
    private const uint Auction = 8;
    private const uint Midpoint = 9;
    private const uint Feed = 3;

    private readonly TestPlatform _platform = new();
    private readonly TestVenue _venue;
    private readonly Key _source = TestGenesis.SeededKey(77);
    private ulong _round;

    public CrossingTests()
    {
        _venue = TestVenue.Listed(_platform);
        var auction = new MarketParameters
        {
            AuctionInterval = 100_000,
            AuctionCloseWindow = 60_000,
            AuctionAllocation = AuctionAllocation.ProRata,
        };
        var midpoint = new MarketParameters { ReferenceFeed = Feed, FirmUpTime = 1_000_000, FirmUpRateFloor = 5_000 };
        var source = new SetPriceSource(Feed, true, TestGenesis.PublicKeyOf(_source));
        Assert.Empty(_venue.Run(
            _venue.Governance(GovernanceType.SetPriceSource, source.ToBytes()),
            _venue.Governance(GovernanceType.ListMarket, Listing(Auction, MatchingRule.Auction, auction)),
            _venue.Governance(GovernanceType.ListMarket, Listing(Midpoint, MatchingRule.Midpoint, midpoint))).Refused);
    }

    public void Dispose()
    {
        _venue.Dispose();
        _platform.Dispose();
        _source.Dispose();
    }

    [Fact]
    public void An_invitation_reaches_its_owner_alone_and_what_is_firmed_up_trades_at_the_midpoint()
    {
        using var buyer = _venue.JoinFunded(21);
        using var seller = _venue.JoinFunded(22);
        _venue.Run(Quote(100, 101));
        _venue.ReportsOf(buyer);
        _venue.ReportsOf(seller);

        _venue.Run(buyer.Place(Peg(1, Side.Buy, 40) with { Flags = OrderFlags.Conditional }), seller.Place(Peg(1, Side.Sell, 30)));

        var invited = _venue.ReportsOf(buyer);
        Assert.Equal([ReportType.OrderAccepted, ReportType.FirmUpInvited], invited.Select(report => report.Type));
        Assert.Equal((1UL, Midpoint, Side.Buy, 40UL, 1UL), (invited[1].Invitation.ClientOrderId, invited[1].Invitation.Market,
            invited[1].Invitation.Side, invited[1].Invitation.Quantity, invited[1].Invitation.Round));
        Assert.Equal([ReportType.OrderAccepted], _venue.ReportsOf(seller).Select(report => report.Type));

        _venue.Run(seller.FirmUp(1, 30), buyer.FirmUp(1, 40));

        var refused = Assert.Single(_venue.ReportsOf(seller), report => report.Type == ReportType.Rejected);
        Assert.Equal(RejectionCode.NotInvited, refused.Rejected.Code);
        var told = _venue.ReportsOf(buyer);
        Assert.Equal([ReportType.CommandDone, ReportType.Fill, ReportType.OrderCancelled], told.Select(report => report.Type));
        Assert.Equal((201L, 30UL, Liquidity.Cross), (told[1].Fill.Price, told[1].Fill.Quantity, told[1].Fill.Liquidity));
        Assert.Equal((UInt128)(1_000_000 - (201 * 30 * 5)), _venue.BalanceOf(buyer, TestVenue.QuoteAsset).Available);
        AssertReplays();
    }

    [Fact]
    public void A_moved_quote_trades_and_both_owners_hear_of_it_though_neither_sent_anything()
    {
        using var buyer = _venue.JoinFunded(21);
        using var seller = _venue.JoinFunded(22);
        _venue.Run(Quote(110, 111));
        _venue.Run(buyer.Place(Peg(1, Side.Buy, 5) with { Price = 215 }), seller.Place(Peg(1, Side.Sell, 5)));
        _venue.ReportsOf(buyer);
        _venue.ReportsOf(seller);
        _venue.Run(Quote(107, 108));
        Assert.Equal(Liquidity.Maker, Assert.Single(_venue.ReportsOf(buyer)).Fill.Liquidity);
        Assert.Equal(Liquidity.Taker, Assert.Single(_venue.ReportsOf(seller)).Fill.Liquidity);
    }

    [Fact]
    public void An_auction_closes_within_its_window_and_a_fresh_enclave_with_the_same_keys_draws_the_same()
    {
        using var buyer = _venue.JoinFunded(21);
        using var seller = _venue.JoinFunded(22);
        for (var auction = 1UL; auction <= 3; auction++)
        {
            _venue.Run(buyer.Place(auction, Side.Buy, 100, 5, market: Auction), seller.Place(auction, Side.Sell, 90, 5, market: Auction));
            _venue.ReportsOf(buyer);
            var blocks = 0;
            while (_venue.ReportsOf(buyer).All(report => report.Type != ReportType.Fill) && blocks < 30)
            {
                _venue.Run(Array.Empty<(EntryKind, byte[])>());
                blocks++;
            }

            Assert.InRange(blocks * TestVenue.BlockInterval, 40_000, 105_000);
        }

        AssertReplays();
    }

    [Fact]
    public void The_seed_of_draws_is_the_venues_and_the_first_key_epochs_alone()
    {
        var seed = _venue.Keys.Epochs.DeriveDrawSeed(TestGenesis.Genesis.VenueId);
        Assert.NotEqual(seed, _venue.Keys.Epochs.DeriveDrawSeed(default));
        _venue.Keys.Epochs.StartEpoch();
        Assert.Equal(seed, _venue.Keys.Epochs.DeriveDrawSeed(TestGenesis.Genesis.VenueId));
        using var other = new TestPlatform();
        using var stranger = TestVenue.Listed(other);
        Assert.NotEqual(seed, stranger.Keys.Epochs.DeriveDrawSeed(TestGenesis.Genesis.VenueId));
    }

    private static PlaceOrder Peg(ulong id, Side side, ulong quantity) =>
        new(id, Midpoint, side, OrderType.PegMidpoint, TimeInForce.GoodTillCancelled, 0, quantity, 0);

    private static byte[] Listing(uint market, MatchingRule rule, MarketParameters parameters) =>
        (new ListMarket(market, TestVenue.BaseAsset, TestVenue.QuoteAsset, rule, 10, 5, 0, "CROSS") with { Parameters = parameters })
            .ToBytes();

    private (EntryKind, byte[]) Quote(long bid, long ask) => (
        EntryKind.Price,
        new SignedQuote(Feed, ++_round, TestVenue.StartTime, bid, ask, TestGenesis.PublicKeyOf(_source))
            .Sign(_source, TestGenesis.Genesis.VenueId));

    private void AssertReplays()
    {
        var keys = _platform.Keys();
        Assert.True(keys.Epochs.TryUnseal(
            keys.Seal, TestGenesis.Genesis.VenueId, _venue.Keys.Epochs.Seal(_venue.Keys.Seal, TestGenesis.Genesis.VenueId)));
        using var replay = new TestVenue(_platform, keys: keys);
        foreach (var block in _venue.Log)
        {
            replay.Execute(block);
            replay.Executor.Commit(replay.Executor.Executed.Block);
        }

        Assert.Equal(_venue.State.Venue.StateRoot, replay.State.Venue.StateRoot);
    }
}
