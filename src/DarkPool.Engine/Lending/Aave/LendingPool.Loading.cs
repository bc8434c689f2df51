namespace DarkPool.Engine.Lending.Aave;

/// <content>Taking over a state from elsewhere: a snapshot, a recorded market. Sums are the caller's to keep.</content>
public sealed partial class LendingPool
{
    internal void Load(int reserve, in Reserve state) => _reserves[reserve] = state;

    internal void Load(uint user, in PoolUser flags)
    {
        if (user >= _users.Length) Grow(user);
        _users[user] = flags;
    }

    internal void Load(uint user, int reserve, in PoolPosition position)
    {
        if (user >= _users.Length) Grow(user);
        _positions[(user * (uint)_reserves.Length) + (uint)reserve] = position;
    }
}
