using DarkPool.Chain.Deployment;
using DarkPool.Cli.Processes;
using DarkPool.Client.Venue;
using DarkPool.Protocol.Entries;
using DarkPool.Protocol.Identity;

namespace DarkPool.Cli.Stack;

/// <summary>
/// Brings a development venue's parameters about by signed governance commands: its assets, its market, its settlement interval. What is
/// there already is left alone, so that it can run at every start.
/// </summary>
internal sealed class VenueListing(HttpClient http, Genesis genesis, GovernanceKeys governance, VenueDeployment contracts)
{
    /// <summary>The market for everybody.</summary>
    public const uint SpotMarket = 1;

    /// <summary>The market of the demonstration, apart from the other: its flow shall not fill anybody else's orders.</summary>
    public const uint DemoMarket = 2;

    private const uint QuoteAsset = 1;
    private const uint BaseAsset = 2;

    /// <summary>A batch every two seconds: soon enough to watch, seldom enough for a real chain.</summary>
    private static readonly TimeSpan SettlementInterval = TimeSpan.FromSeconds(2);

    private GovernanceDesk _desk = null!;

    /// <summary>Lists what is missing.</summary>
    /// <exception cref="StackException">The venue refuses a command.</exception>
    public async Task EnsureAsync(bool demo, CancellationToken cancellation)
    {
        VenueDescription venue = await VenueDescriptions.ReadAsync(http, cancellation);
        _desk = new GovernanceDesk(http, genesis.VenueId, governance.Signers, venue.Governance.NextSequence);
        uint[] assets = [QuoteAsset, BaseAsset];
        for (int i = 0; i < assets.Length; i++)
        {
            if (venue.Assets.Any(listed => listed.Asset == assets[i]))
                continue;
            DeployedToken token = contracts.Tokens[i];
            var asset = new ListAsset(assets[i], token.Address, token.Decimals, token.Symbol);
            await _desk.SendAsync(GovernanceType.ListAsset, asset.ToBytes(), cancellation);
        }
        if (venue.SettlementInterval is null or 0)
        {
            var interval = new SetSettlementInterval(Microseconds(SettlementInterval));
            await _desk.SendAsync(GovernanceType.SetSettlementInterval, interval.ToBytes(), cancellation);
        }
        await EnsureMarketAsync(venue, SpotMarket, "TSHR/TUSD", cancellation);
        if (demo)
            await EnsureMarketAsync(venue, DemoMarket, "DEMO", cancellation);
    }

    /// <summary>Lots and ticks of one base unit: recorded flow fits as it is, whatever its scale.</summary>
    private async Task EnsureMarketAsync(VenueDescription venue, uint number, string symbol, CancellationToken cancellation)
    {
        if (venue.Markets.Any(listed => listed.Market == number))
            return;
        var market = new ListMarket(number, BaseAsset, QuoteAsset, MatchingRule.Continuous, 1, 1, PublicationDelay: 0, symbol);
        await _desk.SendAsync(GovernanceType.ListMarket, market.ToBytes(), cancellation);
    }

    private static ulong Microseconds(TimeSpan span) => (ulong)(span.Ticks / TimeSpan.TicksPerMicrosecond);
}
