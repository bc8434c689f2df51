using DarkPool.Engine.Arithmetic;

namespace DarkPool.Engine.Lending.Aave;

/// <content>The frame of every operation: all of it, or nothing and an error.</content>
public sealed partial class LendingPool
{
    /// <summary>
    /// Starts a trial: until <see cref="EndTrial"/> the outcome of an operation can be read, and then be kept or undone. So who pays for an
    /// operation can be asked after the pool was. Within a trial there may be another one.
    /// </summary>
    public void BeginTrial() => _marks[_trials++] = _undo.Here;

    /// <summary>Ends the trial that began last.</summary>
    /// <param name="keep">Keep what the operation did; else nothing of it is left.</param>
    public void EndTrial(bool keep)
    {
        if (!keep) Undo();
        if (--_trials == 0) _undo.Clear();
    }

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

    // What was done since the trial began, or since the last operation was kept.
    private void Undo() => _undo.Restore(_users, _positions, _reserves, _trials == 0 ? default : _marks[_trials - 1]);

    private readonly record struct Call(
        uint User, int Reserve, UInt256 Amount, uint Other = 0, bool Flag = false, int DebtReserve = 0,
        UInt256 Paid = default, UInt256 Limit = default, bool IsClosing = false);
}
