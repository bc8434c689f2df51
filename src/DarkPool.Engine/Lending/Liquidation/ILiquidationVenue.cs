using DarkPool.Engine.Trading.Auctions;

namespace DarkPool.Engine.Lending.Liquidation;

/// <summary>
/// What a liquidator needs of the venue around it: orders that rest, money, and somebody to tell. Implemented by a struct and passed by
/// reference. It must not call back.
/// </summary>
public interface ILiquidationVenue
{
    /// <summary>Whether all prices that a user's health depends on can be relied on.</summary>
    bool CanJudge(uint user);

    /// <summary>Resting orders to buy the market's collateral for its debt asset, best first.</summary>
    /// <param name="terms">The market.</param>
    /// <param name="lowest">Only limits of this and above, in ticks.</param>
    /// <param name="levels">Where to put them.</param>
    /// <returns>How many levels there are.</returns>
    int RestingBuys(LiquidationTerms terms, long lowest, Span<AuctionLevel> levels);

    /// <summary>Lots were sold to the best resting orders, all at one price.</summary>
    void SoldToResting(LiquidationTerms terms, ulong lots, long ticks);

    /// <summary>Lots were sold to a sealed bid.</summary>
    void SoldToBid(LiquidationTerms terms, in LiquidationBid bid, ulong lots, long ticks);

    /// <summary>A borrower's collateral was sold, to buyers who were told before or to a backstop.</summary>
    void Sold(LiquidationTerms terms, in LiquidationRecord sale);

    /// <summary>What a backstop can pay of the market's debt asset, base units; 0 if it is the user itself.</summary>
    UInt128 BackstopFunds(LiquidationTerms terms, uint account, uint user);
}
