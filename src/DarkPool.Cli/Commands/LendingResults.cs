using DarkPool.Client.Sessions;
using DarkPool.Client.Submission;
using DarkPool.Client.Venue;
using DarkPool.Protocol.Lending;
using DarkPool.Protocol.Reports;

namespace DarkPool.Cli.Commands;

/// <summary>What `lend` prints of a command.</summary>
/// <param name="Accepted">Whether the command took effect.</param>
/// <param name="Rejection">Why it was rejected, by the profile's own name; null if it was not.</param>
/// <param name="Block">The block that carried it out.</param>
internal record LendingResult(bool Accepted, string? Rejection, ulong Block)
{
    public static LendingResult Of(in CommandOutcome outcome) => new(outcome.IsAccepted, outcome.Rejection?.ToString(), outcome.Block);
}

/// <summary>What `lend position` and `lend what-if` print: values in USD, amounts in whole tokens.</summary>
internal sealed record PositionResult(
    bool Accepted, string? Rejection, ulong Block, string Collateral, string Debt, string LoanToValue, string? HealthFactor,
    string AvailableBorrows, string? Refusal, HoldingResult[] Holdings) : LendingResult(Accepted, Rejection, Block)
{
    private const int UsdDecimals = 8;
    private const int WadDecimals = 18;

    public static PositionResult Of(VenueDescription venue, PoolAnswer answer)
    {
        PoolPosition position = answer.Position;
        return new PositionResult(
            answer.Outcome.IsAccepted,
            answer.Outcome.Rejection?.ToString(),
            answer.Outcome.Block,
            Usd(position.Collateral),
            Usd(position.Debt),
            TokenAmount.Format(position.LoanToValue, WadDecimals),
            position.HealthFactor == UInt128.MaxValue ? null : TokenAmount.Format(position.HealthFactor, WadDecimals),
            Usd(position.AvailableBorrows),
            position.Refusal == RejectionCode.None ? null : position.Refusal.ToString(),
            [.. answer.Holdings.Select(holding => Holding(venue, holding))]);
    }

    private static HoldingResult Holding(VenueDescription venue, PoolHolding holding)
    {
        VenueAsset asset = venue.Assets.First(listed => listed.Asset == holding.Asset);
        string Tokens(UInt128 amount) => TokenAmount.Format(amount, asset.Decimals);
        return new HoldingResult(
            asset.Symbol, holding.IsCollateral, Tokens(holding.Supply), Tokens(holding.Debt), Usd(holding.Price),
            holding.LiquidationPrice == 0 ? null : Usd(holding.LiquidationPrice), Tokens(holding.MaxWithdrawal),
            Tokens(holding.BorrowCapacity));
    }

    private static string Usd(UInt128 value) => TokenAmount.Format(value, UsdDecimals);
}

/// <summary>A position's part in one reserve.</summary>
internal sealed record HoldingResult(
    string Asset, bool IsCollateral, string Supply, string Debt, string Price, string? LiquidationPrice, string MaxWithdrawal,
    string BorrowCapacity);
