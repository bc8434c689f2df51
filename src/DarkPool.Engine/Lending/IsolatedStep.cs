using DarkPool.Engine.Lending.Morpho;

namespace DarkPool.Engine.Lending;

/// <summary>An operation on an isolated market under way: who and what, and what it moved.</summary>
internal struct IsolatedStep
{
    public ListedIsolatedMarket Listed;

    /// <summary>Whose supply, collateral or debt it is about.</summary>
    public uint User;

    /// <summary>What moved.</summary>
    public Moved Moved;

    /// <summary>Whether it is about the collateral.</summary>
    public bool IsCollateral;

    /// <summary>Whether the account pays; else it is paid.</summary>
    public bool IsPaidIn;

    /// <summary>The account's ledger cell, if it pays.</summary>
    public uint Cell;

    /// <summary>What moved, base units.</summary>
    public readonly UInt128 Assets => (UInt128)Moved.Assets;

    /// <summary>The asset that moved.</summary>
    public readonly uint Asset => IsCollateral ? Listed.Terms.CollateralAsset : Listed.Terms.LoanAsset;
}
