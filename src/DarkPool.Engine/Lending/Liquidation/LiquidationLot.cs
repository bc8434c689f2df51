using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending.Aave;

namespace DarkPool.Engine.Lending.Liquidation;

/// <summary>What of one borrower's collateral is offered in one auction.</summary>
internal struct LiquidationLot
{
    public required uint User;
    public required SaleReason Reason;
    public required AccountData Account;

    /// <summary>Liquidation threshold of the collateral that is sold, basis points.</summary>
    public required uint Threshold;

    /// <summary>Health to restore, basis points.</summary>
    public required uint Target;

    /// <summary>Supply of the collateral and debt to repay, base units.</summary>
    public required UInt256 Held;
    public required UInt256 Owed;

    /// <summary>Most lots to sell, whatever the health; a stop's size.</summary>
    public required ulong Wanted;

    /// <summary>The least price, ticks.</summary>
    public required long Ask;

    /// <summary>The price at the full bonus.</summary>
    public required long LastAsk;

    /// <summary>The bonus has reached its cap.</summary>
    public required bool IsAtCap;

    /// <summary>Only sold whole, at the full bonus: less of it would leave the position worse.</summary>
    public bool IsClosing;

    /// <summary>Lots offered at the price that was tried last.</summary>
    public ulong Lots;

    /// <summary>Lots that were sold.</summary>
    public ulong Sold;

    /// <summary>At the full bonus a sale of a part would leave the position worse.</summary>
    public readonly bool NeedsClosing => IsAtCap && Ask > LastAsk;

    /// <summary>Lots to offer at a price.</summary>
    public readonly ulong SizeAt(LiquidationTerms terms, in PairQuote quote, long ticks)
    {
        var most = Math.Min(Wanted, LotSizing.Most(terms, Held, Owed, ticks));
        return IsClosing || Reason == SaleReason.Stop ? most : LotSizing.LotsFor(quote, Account, Threshold, Target, ticks, most);
    }
}

/// <summary>The order of lots in one auction: what is only sold whole, then the lowest ask, the lowest health, the lowest
/// user.</summary>
internal readonly record struct LotRank(bool IsClosing, long Ask, ulong Health, uint User, int Index) : IComparable<LotRank>
{
    public int CompareTo(LotRank other)
    {
        if (IsClosing != other.IsClosing) return IsClosing ? -1 : 1;
        if (Ask != other.Ask) return Ask.CompareTo(other.Ask);
        if (Health != other.Health) return Health.CompareTo(other.Health);
        return User != other.User ? User.CompareTo(other.User) : Index.CompareTo(other.Index);
    }
}
