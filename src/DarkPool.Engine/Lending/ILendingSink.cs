namespace DarkPool.Engine.Lending;

/// <summary>
/// Where a venue tells accounts what became of their loans, in order. Implemented by a struct and passed by reference, as
/// <see cref="IVenueSink"/> is; a type may implement both.
/// </summary>
public interface ILendingSink
{
    /// <summary>A command was refused: no state, journal or root moved.</summary>
    void Rejected(uint account, ulong clientOrderId, RejectionCode code);

    /// <summary>A pool operation was done.</summary>
    /// <param name="account">Who is told.</param>
    /// <param name="change">What moved.</param>
    /// <param name="byOther">Another account's command did it.</param>
    void PoolChanged(uint account, in PoolChange change, bool byOther);

    /// <summary>The account's position in a pool as a whole: one answer to a question.</summary>
    void PoolPosition(uint account, in PoolStanding standing);

    /// <summary>The account's part in one reserve: answers that follow <see cref="PoolPosition"/>, by ascending reserve.</summary>
    void PoolHolding(uint account, in PoolHolding holding);

    /// <summary>An operation on an isolated market was done.</summary>
    /// <param name="account">Who is told.</param>
    /// <param name="change">What moved.</param>
    /// <param name="byOther">Another account's command did it.</param>
    void IsolatedChanged(uint account, in IsolatedChange change, bool byOther);

    /// <summary>The account's position in an isolated market: the answer to a question.</summary>
    void IsolatedPosition(uint account, in IsolatedStanding standing);

    /// <summary>Collateral of the account was liquidated.</summary>
    void CollateralSold(uint account, in CollateralSold sale);

    /// <summary>The account's bid or backstop bought collateral.</summary>
    void CollateralBought(uint account, in CollateralBought purchase);
}
