using DarkPool.Engine;
using DarkPool.Engine.Feeds;
using DarkPool.Engine.Lending;
using DarkPool.Engine.Lending.Aave;
using DarkPool.Protocol.Entries;
using DarkPool.Protocol.Lending;
using EngineParameters = DarkPool.Engine.Lending.Aave.ReserveParameters;
using PoolVersion = DarkPool.Engine.Lending.PoolVersion;

namespace DarkPool.Enclave.Shard;

/// <summary>Applies governance commands about loans and the feeds behind them; their signatures were checked.</summary>
internal sealed class LendingGovernanceDesk(Venue venue)
{
    /// <summary>What the engine makes of a command; null if its body does not have the form of its type.</summary>
    /// <param name="command">The command.</param>
    /// <param name="isKnown">False if its type is not one of lending's.</param>
    public GovernanceResult? Apply(GovernanceCommand command, out bool isKnown)
    {
        isKnown = true;
        var sequence = command.Sequence;
        var body = command.Body.Span;
        switch (command.Type)
        {
            case GovernanceType.ConfigureFeed when ConfigureFeed.TryRead(body, out var change):
                return venue.ConfigureFeed(sequence, change.Feed, TermsOf(change));
            case GovernanceType.ListPool when ListPool.TryRead(body, out var change):
                var treasury = new Digest(change.Treasury.Span);
                return venue.ListPool(sequence, new PoolTerms(change.Pool, (PoolVersion)change.Version, treasury));
            case GovernanceType.ListReserve when ListReserve.TryRead(body, out var change):
                return venue.ListReserve(sequence, new ReserveTerms(
                    change.Pool, change.Asset, change.Feed, ParametersOf(change.Parameters) with { Decimals = change.Decimals }));
            case GovernanceType.ConfigureReserve when ConfigureReserve.TryRead(body, out var change):
                return venue.ConfigureReserve(sequence, change.Pool, change.Asset, ParametersOf(change.Parameters));
            case GovernanceType.SetReserveState when SetReserveState.TryRead(body, out var change):
                return venue.SetReserveState(
                    sequence, change.Pool, change.Asset, change.IsFrozen, change.IsPaused, change.GraceSeconds);
            case GovernanceType.DefineEMode when DefineEMode.TryRead(body, out var change):
                return venue.DefineEMode(sequence, change.Pool, change.Category, EModeOf(change));
            case GovernanceType.ListIsolatedMarket when ListIsolatedMarket.TryRead(body, out var change):
                return venue.ListIsolatedMarket(sequence, TermsOf(change));
            case GovernanceType.SetIsolatedFee when SetIsolatedFee.TryRead(body, out var change):
                return venue.SetIsolatedFee(sequence, change.Market, change.Fee);
            case GovernanceType.ConfigureLiquidation when ConfigureLiquidation.TryRead(body, out var change):
                return venue.ConfigureLiquidation(sequence, ListingOf(change));
            case GovernanceType.SetBackstop when SetBackstop.TryRead(body, out var change):
                var backstop = new Digest(change.Account.Span);
                return venue.SetBackstop(sequence, change.Pool, change.Market, backstop, change.IsRegistered);
            case GovernanceType.ConfigureIsolatedLiquidation when ConfigureIsolatedLiquidation.TryRead(body, out var change):
                return venue.ConfigureIsolatedLiquidation(sequence, ListingOf(change));
            case GovernanceType.SetIsolatedBackstop when SetIsolatedBackstop.TryRead(body, out var change):
                return venue.SetIsolatedBackstop(sequence, change.Market, new Digest(change.Account.Span), change.IsRegistered);
            default:
                isKnown = command.Type is >= GovernanceType.ConfigureFeed and <= GovernanceType.SetIsolatedBackstop;
                return null;
        }
    }

    private static LiquidationListing ListingOf(in ConfigureLiquidation change) => new(
        change.Pool, change.Market, change.Collateral, change.Debt, change.LotSize, change.TickValue, change.TargetHealth,
        change.RampSeconds, change.FullBonusHealth);

    private static IsolatedLiquidationListing ListingOf(in ConfigureIsolatedLiquidation change) => new(
        change.Market, change.LotSize, change.TickValue, change.TargetHealth, change.RampSeconds, change.FullBonusHealth);

    private static FeedTerms TermsOf(in ConfigureFeed change) => new()
    {
        Decimals = change.Decimals,
        MinimumSources = change.MinimumSources,
        HeartbeatMicroseconds = change.Heartbeat,
        MaxDeviation = change.MaxDeviation,
        LowestPrice = change.LowestPrice,
        HighestPrice = change.HighestPrice,
        Fallback = change.HasFallback ? change.Fallback : null,
        Frozen = change.IsFrozen,
    };

    private static IsolatedMarketTerms TermsOf(in ListIsolatedMarket change) => new()
    {
        Number = change.Market,
        LoanAsset = change.LoanAsset,
        CollateralAsset = change.CollateralAsset,
        LoanFeed = change.QuotesInLoanAsset ? null : change.LoanFeed,
        CollateralFeed = change.CollateralFeed,
        LoanDecimals = change.LoanDecimals,
        CollateralDecimals = change.CollateralDecimals,
        Lltv = change.Lltv,
        FeeRecipient = new Digest(change.FeeRecipient.Span),
    };

    private static EMode EModeOf(in DefineEMode change) => new(
        change.LoanToValue, change.LiquidationThreshold, change.LiquidationBonus, change.Collateral, change.Borrowable, change.LtvZero);

    private static EngineParameters ParametersOf(in Protocol.Lending.ReserveParameters parameters) => new()
    {
        LoanToValue = parameters.LoanToValue,
        LiquidationThreshold = parameters.LiquidationThreshold,
        LiquidationBonus = parameters.LiquidationBonus,
        ReserveFactor = parameters.ReserveFactor,
        LiquidationProtocolFee = parameters.LiquidationProtocolFee,
        BorrowingEnabled = parameters.BorrowingEnabled,
        BorrowCap = parameters.BorrowCap,
        SupplyCap = parameters.SupplyCap,
        Curve = new InterestRateCurve(parameters.OptimalUsage, parameters.BaseRate, parameters.Slope1, parameters.Slope2),
    };
}
