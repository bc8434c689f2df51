using DarkPool.Enclave.Tests.Fixtures;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Entries;
using DarkPool.Protocol.Hpke;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Link;
using DarkPool.Protocol.Reports;
using DarkPool.Protocol.Sessions;
using Xunit;

namespace DarkPool.Enclave.Tests.Deposits;

/// <summary>
/// The enclave beside a real chain: deposits through its own connection, and the anchored head that decides whether it goes live.
/// </summary>
public class LiveVenueTests
{
    [Fact]
    public async Task Deposits_are_offered_once_their_token_is_listed_and_again_after_a_restart()
    {
        await using var venue = await LiveVenue.StartAsync();
        var link = await venue.EnclaveAsync();
        Assert.Equal(LiveState.Live, (await link.GoLiveAsync()).State);
        await venue.DepositAsync(0, 500, new byte[DepositTag.Size]);
        Assert.False(link.DepositsOffered.TryRead(out _));
        await venue.RunAsync(link, ListAsset(venue, 1, asset: 1, place: 0));
        var offered = await link.DepositsOffered.ReadAsync();
        Assert.True(DepositCertificate.TryRead(offered.Span, out var certificate));
        Assert.Equal((1ul, (UInt128)500, venue.TokenOf(0)), (certificate.DepositId, certificate.Amount, certificate.Token));
        await link.DisposeAsync();

        var second = await venue.EnclaveAsync();
        foreach (var block in venue.Log) await second.ReplayAsync(block);
        await second.GoLiveAsync();
        var again = await second.DepositsOffered.ReadAsync();
        var execution = await venue.RunAsync(second, (EntryKind.Deposit, again.ToArray()));

        Assert.Equal(offered.ToArray(), again.ToArray());
        Assert.Empty(execution.Refused);
        Assert.Equal(1ul, (await second.StatusAsync()).DepositId);
    }

    [Fact]
    public async Task A_log_below_or_beside_the_anchored_head_does_not_go_live()
    {
        await using var venue = await LiveVenue.StartAsync();
        var link = await venue.EnclaveAsync();
        await link.GoLiveAsync();
        await TradeAsync(venue, link);
        var fork = venue.Log.Take(venue.Log.Count - 1).ToList();
        await link.DisposeAsync();

        var truncated = await venue.EnclaveAsync();
        foreach (var block in fork) await truncated.ReplayAsync(block);
        var refusal = await Assert.ThrowsAsync<LinkException>(() => truncated.GoLiveAsync());
        Assert.Equal(LinkErrorCode.ForkOrTruncated, refusal.Code);

        var whole = await venue.EnclaveAsync();
        foreach (var block in venue.Log) await whole.ReplayAsync(block);
        var live = await whole.GoLiveAsync();
        Assert.Equal((LiveState.Live, (ulong)venue.Log.Count), (live.State, live.AnchoredBlock));
        var identity = await whole.IdentifyAsync(new byte[32]);
        Assert.True(EnclaveIdentity.TryRead(identity.Claims, out var claims));
        Assert.Equal((live.AnchoredBlock, new Bytes32(live.AnchoredHead)), (claims.AnchoredBlock, claims.AnchoredHead));
    }

    [Fact]
    public async Task A_chain_of_another_id_is_refused()
    {
        await using var venue = await LiveVenue.StartAsync();
        var other = new Genesis(
            5, venue.Genesis.Vault, venue.Genesis.Registry, venue.Genesis.Shard, 1, venue.Genesis.GovernanceKeys);
        var link = await venue.EnclaveAsync(other);

        var refusal = await Assert.ThrowsAsync<LinkException>(() => link.GoLiveAsync());

        Assert.Equal(LinkErrorCode.WrongChain, refusal.Code);
    }

    /// <summary>Lists, funds and trades; the last block's batch is settled on chain.</summary>
    private static async Task TradeAsync(LiveVenue venue, EnclaveLink link)
    {
        await venue.RunAsync(link, ListAsset(venue, 1, 1, 0), ListAsset(venue, 2, 2, 1));
        var market = new ListMarket(1, 1, 2, MatchingRule.Continuous, 1, 1, 0, "PAIR").ToBytes();
        await venue.RunAsync(link, venue.Governance(3, GovernanceType.ListMarket, market));
        Assert.True(EnclaveIdentity.TryRead((await link.IdentifyAsync(new byte[32])).Claims, out var identity));
        var account = TestGenesis.SeededKey(77);
        Assert.True(ClientSession.TryStart(
            account, HpkeSuite.Aes256Gcm, RateClass.Slow, identity.KeyEpoch, identity.EncryptionKey, venue.Genesis.VenueId,
                out var session));
        var hello = await venue.RunAsync(link, (EntryKind.Envelope, session.Hello.ToArray()));
        session.Bind(SessionNumber.At(hello.Number, 0));
        for (var token = 0; token < 2; token++)
        {
            var tag = new byte[DepositTag.Size];
            var owner = new AccountKey(TestGenesis.PublicKeyOf(account));
            Assert.True(DepositTag.TrySeal(identity.KeyEpoch, identity.EncryptionKey, venue.Genesis.VenueId, owner, tag));
            await venue.DepositAsync(token, 1_000, tag);
            Assert.Empty((await venue.RunAsync(link, (EntryKind.Deposit, (await link.DepositsOffered.ReadAsync()).ToArray()))).Refused);
        }

        var execution = await venue.RunAsync(link, Order(session, 1, Side.Sell), Order(session, 2, Side.Buy));
        Assert.NotNull(execution.Batch);
        await venue.SettleAsync(execution);
        session.Dispose();
    }

    private static (EntryKind, byte[]) Order(ClientSession session, ulong id, Side side)
    {
        var body = new byte[PlaceOrder.Size];
        new PlaceOrder(id, 1, side, OrderType.Limit, TimeInForce.GoodTillCancelled, 3, 4, 0).Write(body);
        var envelope = new byte[256];
        session.SealCommand(CommandType.PlaceOrder, body, 0, envelope);
        return (EntryKind.Envelope, envelope);
    }

    private static (EntryKind, byte[]) ListAsset(LiveVenue venue, ulong sequence, uint asset, int place) =>
        venue.Governance(sequence, GovernanceType.ListAsset, new ListAsset(asset, venue.TokenOf(place), 6, $"T{asset}").ToBytes());
}
