using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending.Liquidation;
using DarkPool.Engine.Lending.Morpho;

namespace DarkPool.Engine.Lending;

/// <summary>
/// An isolated market of the venue: the pure state machine, the ledger account that holds its money and collateral, and who takes part.
/// </summary>
internal sealed class ListedIsolatedMarket : ILoanPlace
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

    /// <summary>Sells of unhealthy positions; null if governance has not configured that.</summary>
    public IsolatedLiquidator? Liquidator { get; set; }

    public LoanKind Kind => LoanKind.Isolated;

    public uint Number => Terms.Number;

    /// <summary>Whether the price may be relied on now.</summary>
    public bool IsPriced { get; set; }

    /// <summary>Whether it moved in this block.</summary>
    public bool IsTouched { get; set; }

    public (uint Asset, uint Cell) MoneyOf(int reserve) =>
        reserve == 0 ? (Terms.CollateralAsset, CollateralCell) : (Terms.LoanAsset, LoanCell);

    public bool CanJudge(uint user) => IsPriced;

    public uint AccountOf(uint user) => Members.AccountOf(user);

    public UInt256 HealthOf(uint user) => Market.HealthOf(user, Market.AccruedState());
}
