using DarkPool.Engine.Memory;

namespace DarkPool.Engine.Lending;

/// <summary>
/// From accounts of the venue to users of one pool or market, dense from 0 in the order in which they first took part: memory follows who
/// lends there, not who has an account.
/// </summary>
internal sealed class PoolMembers
{
    private readonly WordMap _users = new();
    private readonly List<uint> _accounts = [];

    /// <summary>Count of users.</summary>
    public uint Count => (uint)_accounts.Count;

    /// <summary>The account of a user.</summary>
    public uint AccountOf(uint user) => _accounts[(int)user];

    /// <summary>The user of an account, if it ever took part.</summary>
    public bool TryFind(uint account, out uint user)
    {
        var known = _users.Get(account);
        user = (uint)(known - 1);
        return known != 0;
    }

    /// <summary>The user of an account, or the number that a newcomer would get if it is admitted next.</summary>
    public uint FindOrNext(uint account, uint newcomersBefore = 0) => TryFind(account, out var user) ? user : Count + newcomersBefore;

    /// <summary>Makes an account a user.</summary>
    public uint Admit(uint account)
    {
        if (TryFind(account, out var user)) return user;
        _accounts.Add(account);
        _users.Set(account, Count);
        return Count - 1;
    }
}
