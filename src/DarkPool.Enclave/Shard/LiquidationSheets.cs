using DarkPool.Engine;
using DarkPool.Engine.Lending;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Lending;

namespace DarkPool.Enclave.Shard;

/// <summary>What the venue's last block published of liquidations, as the protocol writes it.</summary>
internal static class LiquidationSheets
{
    public static LiquidationSheet? Of(Venue venue) => venue.Liquidations.IsEmpty
        ? null
        : new LiquidationSheet(
            venue.Block, venue.Time.Microseconds, venue.FirstLiquidation, [.. venue.Liquidations.Select(Row)]);

    private static LiquidationRow Row(PublicLiquidation liquidation) => new(
        (Protocol.Lending.LoanKind)liquidation.Kind,
        liquidation.Place,
        liquidation.Market,
        liquidation.Ticks,
        liquidation.Seized,
        liquidation.Repaid,
        liquidation.Penalty,
        new Bytes32(liquidation.Commitment.ToArray()));
}
