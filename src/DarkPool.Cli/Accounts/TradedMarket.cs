using System.Globalization;
using DarkPool.Cli.Processes;
using DarkPool.Client.Venue;
using DarkPool.Protocol.Identity;

namespace DarkPool.Cli.Accounts;

/// <summary>A market with what is needed to fund its traders.</summary>
/// <param name="Number">Number of the market.</param>
/// <param name="BaseToken">Token that is traded.</param>
/// <param name="QuoteToken">Token that is paid.</param>
/// <param name="LotSize">Base units of the base token in a lot.</param>
/// <param name="TickValue">Base units of the quote token for a tick and a lot.</param>
/// <param name="PublicationDelay">Microseconds from a trade to its publication, at least.</param>
internal sealed record TradedMarket(
    uint Number, EvmAddress BaseToken, EvmAddress QuoteToken, UInt128 LotSize, UInt128 TickValue, ulong PublicationDelay)
{
    private const string Continuous = "continuous";

    /// <summary>The market of this number, or the first with the continuous rule.</summary>
    /// <exception cref="StackException">The venue lists none.</exception>
    public static TradedMarket Of(VenueDescription venue, uint? number)
    {
        VenueMarket market = venue.Markets
            .OrderBy(market => market.Market)
            .FirstOrDefault(market => market.Rule == Continuous && (number ?? market.Market) == market.Market)
            ?? throw new StackException(
                number is null ? "The venue lists no market with the continuous rule." : $"The venue lists no market {number}.");
        return new TradedMarket(
            market.Market, TokenOf(venue, market.BaseAsset), TokenOf(venue, market.QuoteAsset),
            UInt128.Parse(market.LotSize, CultureInfo.InvariantCulture), UInt128.Parse(market.TickValue, CultureInfo.InvariantCulture),
            market.PublicationDelay);
    }

    private static EvmAddress TokenOf(VenueDescription venue, uint asset) =>
        venue.Assets.FirstOrDefault(a => a.Asset == asset) is { } listed && EvmAddress.TryParse(listed.Token, out EvmAddress token)
            ? token
            : throw new StackException($"The venue does not say what asset {asset} is.");
}
