using DarkPool.Host.Enclaves;
using DarkPool.Host.Hosting;
using DarkPool.Host.Http;
using DarkPool.Host.Sequencing;
using DarkPool.Host.Venue;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Envelopes;
using DarkPool.Protocol.Hpke;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Reports;
using MediatR;

namespace DarkPool.Host.Requests;

/// <summary>Everything public about the venue.</summary>
internal sealed record DescribeVenue : IRequest<VenueDocument>;

/// <summary>Puts the description together from the genesis, the settings and the public facts.</summary>
internal sealed class DescribeVenueHandler(
    VenueIdentity venue, VenueFacts facts, EnclaveSlot enclave, Availability availability, HostSettings settings)
    : IRequestHandler<DescribeVenue, VenueDocument>
{
    private const int ProtocolVersion = 1;

    public Task<VenueDocument> Handle(DescribeVenue request, CancellationToken cancellationToken)
    {
        var (genesis, view) = (venue.Genesis, facts.View);
        return Task.FromResult(new VenueDocument(
            ProtocolVersion,
            genesis.VenueId.ToString(),
            genesis.GenesisHead.ToString(),
            genesis.Shard,
            new ChainDocument(genesis.ChainId, genesis.Vault.ToString(), genesis.Registry.ToString(), settings.PublicChainUrl),
            enclave.Identity is { } identity ? Enclave(identity.Claims, identity.Provider) : null,
            new GovernanceDocument(
                genesis.GovernanceThreshold, [.. genesis.GovernanceKeys.Select(key => key.ToString())], view.NextGovernanceSequence),
            Limits(),
            [.. new[] { SizeClass.Small, SizeClass.Large }.Select(size => new SizeClassDocument((int)size, EnvelopeLimits.SizeOf(size)))],
            [.. RateClasses().Select(rate => new RateClassDocument((int)rate, rate.FramesPerSecond(), rate.FrameBytes()))],
            [
                new SuiteDocument((int)HpkeSuite.Aes256Gcm, "AES-256-GCM"),
                new SuiteDocument((int)HpkeSuite.ChaCha20Poly1305, "ChaCha20-Poly1305"),
            ],
            [.. view.Assets.Values.Select(asset => new AssetDocument(asset.Asset, Hex0X(asset.Token), asset.Decimals, asset.Symbol))],
            [.. view.Markets.Values.Select(Market)],
            [.. view.Feeds.Values.Select(feed => new FeedDocument(feed.Feed, Convert.ToHexStringLower(feed.SourceKey)))],
            view.SettlementInterval,
            Status(view, genesis)));
    }

    private static IEnumerable<RateClass> RateClasses() => Enum.GetValues<RateClass>().Where(rateClass => rateClass.IsKnown());

    private LimitsDocument Limits() => new(
        ClientLimits.BodyBytes, settings.Clients.EnvelopesPerRequest, BlockLimits.MaxEntries, BlockLimits.MaxBodyBytes,
        settings.Clients.Streams, ClientLimits.TapeLimit);

    private static EnclaveDocument Enclave(EnclaveIdentity claims, string provider) => new(
        claims.SigningKey.ToString(), claims.EvmAddress.ToString(), claims.KeyEpoch, claims.EncryptionKey.ToString(),
        claims.PolicyHash.ToString(), provider);

    private static MarketDocument Market(EventStore.Facts.MarketListed market) => new(
        market.Market, market.BaseAsset, market.QuoteAsset, RuleName(market.Rule), market.LotSize.ToString(), market.TickValue.ToString(),
        market.PublicationDelay, market.Symbol);

    private static string RuleName(byte rule) => rule == 1 ? "continuous" : $"rule-{rule}";

    private StatusDocument Status(VenueView view, Genesis genesis) => new(
        Availability.NameOf(availability.Current),
        view.Last?.Number ?? 0,
        view.Last is { } last ? Convert.ToHexStringLower(last.Head) : genesis.GenesisHead.ToString(),
        view.Last is { } block ? Convert.ToHexStringLower(block.StateRoot) : null,
        view.Last?.Time ?? 0,
        new SettlementStatusDocument(view.SettlementClosed, view.SettlementConfirmed));

    private static string Hex0X(byte[] bytes) => "0x" + Convert.ToHexStringLower(bytes);
}
