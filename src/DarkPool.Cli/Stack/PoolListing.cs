using System.Net;
using DarkPool.Cli.Processes;
using DarkPool.Client.Venue;
using DarkPool.Protocol.Entries;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Lending;

namespace DarkPool.Cli.Stack;

/// <summary>
/// Lists the lending pool of a development venue: both test assets with a feed of one source each, a liquidation market of shares for
/// dollars, and a trading market of the same lot and tick, whose resting orders buy what is liquidated. What is there already stays.
/// </summary>
internal sealed class PoolListing(GovernanceDesk desk, Bytes32 source, Bytes32 treasury)
{
    /// <summary>The pool.</summary>
    public const uint Pool = 1;

    /// <summary>Its one liquidation market.</summary>
    public const uint Liquidation = 1;

    /// <summary>The trading market of the same pair, lot and tick.</summary>
    public const uint Market = 3;

    /// <summary>Prices of the feeds are USD with so many decimals.</summary>
    public const byte PriceDecimals = 8;

    /// <summary>A thousandth of a share.</summary>
    private static readonly UInt128 LotSize = 1_000_000_000_000_000;

    /// <summary>A cent for a share is so many base units of the dollar for a lot.</summary>
    private const uint TickValue = 10;

    /// <summary>A day: the prices of a development venue come by hand.</summary>
    private const long Heartbeat = 86_400_000_000;

    /// <summary>Lists what is missing.</summary>
    /// <returns>Whether the pool was not there before.</returns>
    public async Task<bool> EnsureAsync(VenueDescription venue, CancellationToken cancellation)
    {
        VenueAsset quote = venue.Assets.First(asset => asset.Symbol == "TUSD");
        VenueAsset share = venue.Assets.First(asset => asset.Symbol == "TSHR");
        foreach (VenueAsset asset in (VenueAsset[])[quote, share])
        {
            var feed = new ConfigureFeed(
                asset.Asset, PriceDecimals, 1, IsFrozen: false, HasFallback: false, 0, MaxDeviation: 1_000, Heartbeat, LowestPrice: 1,
                HighestPrice: long.MaxValue >> 4);
            await desk.SendAsync(GovernanceType.ConfigureFeed, feed.ToBytes(), cancellation);
            await desk.SendAsync(GovernanceType.SetPriceSource, new SetPriceSource(asset.Asset, true, source).ToBytes(), cancellation);
        }
        bool isNew = await ListAsync(
            GovernanceType.ListPool, new ListPool(Pool, PoolVersion.AaveV37, treasury).ToBytes(), cancellation);
        await ListAsync(share, loanToValue: 8_000, threshold: 8_300, bonus: 10_500, cancellation);
        await ListAsync(quote, loanToValue: 7_500, threshold: 7_800, bonus: 10_450, cancellation);
        var sale = new ConfigureLiquidation(
            Pool, Liquidation, share.Asset, quote.Asset, LotSize, TickValue, TargetHealth: 10_500, RampSeconds: 1_200,
            FullBonusHealth: 9_500);
        await desk.SendAsync(GovernanceType.ConfigureLiquidation, sale.ToBytes(), cancellation);
        var market = new ListMarket(
            Market, share.Asset, quote.Asset, MatchingRule.Continuous, LotSize, TickValue, PublicationDelay: 0, "TSHR/TUSD/0.001");
        await ListAsync(GovernanceType.ListMarket, market.ToBytes(), cancellation);
        return isNew;
    }

    private async Task ListAsync(VenueAsset asset, uint loanToValue, uint threshold, uint bonus, CancellationToken cancellation)
    {
        var parameters = new ReserveParameters(
            loanToValue, threshold, bonus, ReserveFactor: 1_000, LiquidationProtocolFee: 1_000, BorrowingEnabled: true, BorrowCap: 0,
            SupplyCap: 0, OptimalUsage: 8_000, BaseRate: 0, Slope1: 400, Slope2: 7_500);
        var reserve = new ListReserve(Pool, asset.Asset, asset.Asset, (byte)asset.Decimals, parameters);
        await ListAsync(GovernanceType.ListReserve, reserve.ToBytes(), cancellation);
    }

    /// <summary>Lists something unless it is there already, which the enclave refuses.</summary>
    private async Task<bool> ListAsync(GovernanceType type, byte[] body, CancellationToken cancellation)
    {
        try
        {
            await desk.SendAsync(type, body, cancellation);
            return true;
        }
        catch (StackException refused)
            when (refused.Message.Contains($"{type}: {(int)HttpStatusCode.UnprocessableEntity} ", StringComparison.Ordinal))
        {
            return false;
        }
    }
}
