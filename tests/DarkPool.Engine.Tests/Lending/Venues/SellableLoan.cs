using DarkPool.Engine.Lending;
using static DarkPool.Engine.Tests.Lending.Venues.LendingVenue;

namespace DarkPool.Engine.Tests.Lending.Venues;

/// <summary>
/// A venue on which Alice owes USDC against ten WETH, with a liquidation market of the lot and tick of the trading market. Ten WETH against
/// 15,000 USDC at 2,000: at 1,700 the health factor is 0.94, where the bonus is the reserve's at once.
/// </summary>
internal static class SellableLoan
{
    /// <summary>The liquidation market.</summary>
    public const uint SaleMarket = 5;

    private static readonly UInt128 Lot = Ether / 1000;

    public static LendingVenue WithLoan() => WithLoan(500_000 * Dollar, 15_000 * Dollar);

    public static LendingVenue WithLoan(UInt128 supplied, UInt128 borrowed)
    {
        var venue = new LendingVenue();
        venue.Govern(sequence => venue.Venue.ConfigureLiquidation(
            sequence, new LiquidationListing(Pool, SaleMarket, Weth, Usdc, Lot, 10, 10_500, 1200, 9500)));
        venue.Done(Carol, LendingOperation.PoolSupply, Usdc, supplied);
        venue.Done(Alice, LendingOperation.PoolSupply, Weth, 10 * Ether);
        venue.Done(Alice, LendingOperation.PoolBorrow, Usdc, borrowed);
        return venue;
    }

    public static RejectionCode Bid(LendingVenue venue, uint account, ulong id, long ticks, uint discount, ulong lots) =>
        venue.Venue.PlaceBid(account, new LiquidationBidOrder(Pool, SaleMarket, id, ticks, discount, lots), ref venue.Sink);

    /// <summary>The price falls to 1,700 and what was sold is told.</summary>
    public static void Fall(LendingVenue venue)
    {
        venue.Prices(1700, 1, 40_000);
        venue.Venue.TellLiquidations(ref venue.Sink);
    }
}
