using DarkPool.Engine.Arithmetic;

namespace DarkPool.Engine.Lending.Aave;

/// <content>The frame of every operation: all of it, or nothing and an error.</content>
public sealed partial class LendingPool
{
    private PoolError Run(Func<LendingPool, Call, PoolError> operation, in Call call)
    {
        if ((uint)call.Reserve >= (uint)_reserves.Length
            || (uint)call.DebtReserve >= (uint)_reserves.Length) return PoolError.AssetNotListed;
        var highest = Math.Max(Math.Max(call.User, call.Other), Treasury);
        if (highest >= _users.Length) Grow(highest);
        try
        {
            return Finish(operation(this, call));
        }
        catch (OverflowException)
        {
            return Finish(PoolError.ArithmeticOverflow);
        }
    }

    private readonly record struct Call(
        uint User, int Reserve, UInt256 Amount, uint Other = 0, bool Flag = false, int DebtReserve = 0);
}
