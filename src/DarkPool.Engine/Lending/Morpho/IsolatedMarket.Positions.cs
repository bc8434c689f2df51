namespace DarkPool.Engine.Lending.Morpho;

/// <content>Positions with interest to now, and undoing the last operation on one.</content>
public sealed partial class IsolatedMarket
{
    /// <summary>A user's part and the totals as an operation would find them now. Nothing accrues for good.</summary>
    public Position PositionOf(uint user)
    {
        var state = _state;
        var feeShares = state.Accrue(_now);
        var holding = HoldingOf(user);
        if (user == _feeRecipient) holding.SupplyShares = (UInt128)(holding.SupplyShares + feeShares);
        return new Position(holding, state);
    }

    /// <summary>What an operation on a user's part could change, as it is before.</summary>
    internal Kept Keep(uint user) => new(user, HoldingOf(user), HoldingOf(_feeRecipient), _state);

    /// <summary>Undoes what was done since it was kept, on no other user's part than that one's.</summary>
    internal void Restore(in Kept kept)
    {
        Reserve(Math.Max(kept.User, _feeRecipient));
        _state = kept.State;
        _holdings[_feeRecipient] = kept.FeeRecipient;
        _holdings[kept.User] = kept.Holding;
    }

    /// <summary>Takes over a state from elsewhere: a snapshot. Sums are the caller's to keep.</summary>
    internal void Load(in IsolatedMarketState state) => _state = state;

    /// <summary>Takes over a user's part from elsewhere.</summary>
    internal void Load(uint user, in IsolatedHolding holding)
    {
        Reserve(user);
        _holdings[user] = holding;
    }

    /// <summary>A user's part, and the totals at the same time.</summary>
    public readonly record struct Position(IsolatedHolding Holding, IsolatedMarketState State);

    internal readonly record struct Kept(uint User, IsolatedHolding Holding, IsolatedHolding FeeRecipient, IsolatedMarketState State);
}
