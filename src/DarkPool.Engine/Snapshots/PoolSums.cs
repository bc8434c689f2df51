using DarkPool.Engine.Ledger;
using DarkPool.Engine.Lending;
using DarkPool.Engine.Lending.Aave;

namespace DarkPool.Engine.Snapshots;

/// <summary>Adds up the positions of a pool that is read from a snapshot, to compare with its reserves and the ledger.</summary>
internal sealed class PoolSums(ListedPool listed)
{
    private readonly UInt128[] _supplies = new UInt128[listed.Reserves.Length];
    private readonly UInt128[] _debts = new UInt128[listed.Reserves.Length];

    /// <summary>Adds a position; false if a sum would exceed the reserve's.</summary>
    public bool TryAdd(int reserve, in PoolPosition position)
    {
        ref readonly var state = ref listed.Pool.ReserveAt(reserve);
        if (position.ScaledSupply > state.ScaledSupply - _supplies[reserve]) return false;
        if (position.ScaledDebt > state.ScaledDebt - _debts[reserve]) return false;
        _supplies[reserve] += position.ScaledSupply;
        _debts[reserve] += position.ScaledDebt;
        return true;
    }

    /// <summary>Whether a user's flags are sound for its positions, all of them loaded.</summary>
    public bool Agree(uint user, in PoolUser flags)
    {
        if (flags.EMode != 0 && listed.Pool.EModeAt(flags.EMode).LiquidationThreshold == 0) return false;
        for (var reserve = 0; reserve < LendingPool.MaxReserves; reserve++)
        {
            var position = reserve < _supplies.Length ? listed.Pool.PositionAt(user, reserve) : default;
            if (flags.Owes(reserve) != (position.ScaledDebt != 0) || (flags.Uses(reserve) && position.ScaledSupply == 0)) return false;
        }

        return true;
    }

    /// <summary>Whether the sums are the reserves' totals, and their virtual balances are in the ledger.</summary>
    public bool Agree(BalanceLedger ledger)
    {
        for (var index = 0; index < _supplies.Length; index++)
        {
            ref readonly var reserve = ref listed.Pool.ReserveAt(index);
            var cell = listed.Reserves[index].Cell;
            if (_supplies[index] != reserve.ScaledSupply || _debts[index] != reserve.ScaledDebt) return false;
            if (cell == 0 || ledger[cell].Available < reserve.VirtualBalance) return false;
        }

        return true;
    }
}
