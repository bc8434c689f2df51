using DarkPool.Engine.Arithmetic;

namespace DarkPool.Engine.Lending;

/// <summary>Where loans are: a pool or an isolated market, as liquidation sees it. Reserve 0 of an isolated market is its collateral, 1 its
/// loan asset.</summary>
internal interface ILoanPlace
{
    /// <summary>What kind it is.</summary>
    LoanKind Kind { get; }

    /// <summary>Its number among its kind.</summary>
    uint Number { get; }

    /// <summary>The asset of a reserve, and the place's ledger cell of it.</summary>
    (uint Asset, uint Cell) MoneyOf(int reserve);

    /// <summary>Whether all prices that a user's health depends on can be relied on.</summary>
    bool CanJudge(uint user);

    /// <summary>The account of a user.</summary>
    uint AccountOf(uint user);

    /// <summary>A user's health factor now, wad.</summary>
    UInt256 HealthOf(uint user);
}
