using DarkPool.Engine.Arithmetic;

namespace DarkPool.Engine.Lending.Aave;

/// <content>
/// Scaled balances: who has what of a reserve's supply and debt. Rounding since v3.5, always in the pool's favour:
/// <list type="table">
/// <listheader><term></term><description>mint / burn / transfer</description></listheader>
/// <item><term>supply</term><description>floor / ceil / ceil</description></item>
/// <item><term>debt</term><description>ceil / floor / -</description></item>
/// </list>
/// An overflow that an account can provoke at will is found by a comparison: an exception costs as much as a thousand operations.
/// </content>
public sealed partial class LendingPool
{
    private void MintSupply(uint user, int reserve, UInt256 scaled)
    {
        ref var position = ref Position(user, reserve);
        var isFirst = position.ScaledSupply == 0;
        position.ScaledSupply = (UInt128)(position.ScaledSupply + scaled);
        _reserves[reserve].ScaledSupply = (UInt128)(_reserves[reserve].ScaledSupply + scaled);
        if (isFirst && FactorsOf(_users[user].EMode, reserve).Ltv != 0) User(user).SetUses(reserve, true);
    }

    private PoolError BurnSupply(uint user, int reserve, UInt256 scaled)
    {
        if (scaled.IsZero) return PoolError.InvalidBurnAmount;
        ref var position = ref Position(user, reserve);
        if (scaled > position.ScaledSupply) return PoolError.ArithmeticOverflow;
        position.ScaledSupply = (UInt128)(position.ScaledSupply - scaled);
        _reserves[reserve].ScaledSupply = (UInt128)(_reserves[reserve].ScaledSupply - scaled);
        if (position.ScaledSupply == 0) User(user).SetUses(reserve, false);
        return PoolError.None;
    }

    private void MoveSupply(uint from, uint to, int reserve, UInt256 scaled)
    {
        ref var source = ref Position(from, reserve);
        source.ScaledSupply = (UInt128)(source.ScaledSupply - scaled);
        ref var target = ref Position(to, reserve);
        target.ScaledSupply = (UInt128)(target.ScaledSupply + scaled);
    }

    private void MintDebt(uint user, int reserve, UInt256 scaled)
    {
        ref var position = ref Position(user, reserve);
        position.ScaledDebt = (UInt128)(position.ScaledDebt + scaled);
        _reserves[reserve].ScaledDebt = (UInt128)(_reserves[reserve].ScaledDebt + scaled);
        User(user).SetOwes(reserve, true);
    }

    private PoolError BurnDebt(uint user, int reserve, UInt256 amount)
    {
        var scaled = WadRay.RayDiv(amount, _reserves[reserve].DebtIndex, Rounding.Floor);
        if (scaled.IsZero) return PoolError.InvalidBurnAmount;
        ref var position = ref Position(user, reserve);
        position.ScaledDebt = (UInt128)(position.ScaledDebt - scaled);
        _reserves[reserve].ScaledDebt = (UInt128)(_reserves[reserve].ScaledDebt - scaled);
        if (position.ScaledDebt == 0) User(user).SetOwes(reserve, false);
        return PoolError.None;
    }

    private UInt256 BalanceOf(uint user, int reserve) =>
        WadRay.RayMul(PositionAt(user, reserve).ScaledSupply, _reserves[reserve].LiquidityIndex, Rounding.Floor);

    private UInt256 OwedBy(uint user, int reserve) =>
        WadRay.RayMul(PositionAt(user, reserve).ScaledDebt, _reserves[reserve].DebtIndex, Rounding.Ceiling);
}
