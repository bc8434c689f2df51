using DarkPool.Engine.Lending.Morpho;

namespace DarkPool.Engine.Lending;

/// <summary>
/// An isolated market of the venue: the pure state machine, the ledger account that holds its money and collateral, and who takes part.
/// </summary>
internal sealed class ListedIsolatedMarket
{
    /// <summary>Lists a market without users but the fee's recipient.</summary>
    /// <param name="terms">Its terms.</param>
    /// <param name="account">The ledger account that holds its money; nobody has the key.</param>
    /// <param name="feeRecipient">The account that receives the fee's shares.</param>
    /// <param name="now">Second at which it starts.</param>
    public ListedIsolatedMarket(IsolatedMarketTerms terms, uint account, uint feeRecipient, ulong now)
    {
        Terms = terms;
        Account = account;
        Market = new IsolatedMarket(terms.Lltv, Members.Admit(feeRecipient), now);
    }

    public IsolatedMarketTerms Terms { get; }

    public uint Account { get; }

    public IsolatedMarket Market { get; }

    public PoolMembers Members { get; } = new();

    /// <summary>The market account's ledger cell of the loan asset.</summary>
    public uint LoanCell { get; set; }

    /// <summary>The market account's ledger cell of the collateral.</summary>
    public uint CollateralCell { get; set; }

    /// <summary>Whether the price may be relied on now.</summary>
    public bool IsPriced { get; set; }

    /// <summary>Whether it moved in this block.</summary>
    public bool IsTouched { get; set; }
}
