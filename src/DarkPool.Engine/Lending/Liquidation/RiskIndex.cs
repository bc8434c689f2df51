using DarkPool.Engine.Lending.Aave;

namespace DarkPool.Engine.Lending.Liquidation;

/// <summary>
/// Finds the positions whose health factor is below their threshold (1, or what the borrower chose) without looking at the others. A
/// position waits on the supply factor of each of its collaterals to fall, and on the debt factor of each of its debts to rise, by as
/// much as it can bear together (<see cref="RiskMargin"/>); only when one of them has moved that far is it looked at again and set to
/// wait anew. Factors carry interest, so time is a movement like any other.
/// <para>
/// Law: after each movement was told, exactly those users are <see cref="Below"/> whose exact health factor is below their threshold.
/// How entries are spread over buckets decides about speed only, so the index is not part of a snapshot: it is built anew from the
/// pool.
/// </para>
/// </summary>
public sealed class RiskIndex
{
    /// <summary>The threshold of who has chosen none: a health factor of 1, in basis points.</summary>
    public const ushort Liquidatable = 10_000;

    private const int Sides = 2;
    private const ulong LeastMovement = 1 << 12;
    private const ulong MostMovement = 1UL << 48;

    private readonly LendingPool _pool;
    private readonly ReserveRisk[] _reserves;
    private readonly ulong[] _movements;
    private readonly TriggerLists _waiting;
    private readonly UserBuffer _passed = new();
    private readonly UserBuffer _below = new();
    private readonly UserBuffer _sorted = new();
    private UserState[] _users = new UserState[16];

    /// <summary>An index over a pool, with the users that it has.</summary>
    /// <param name="pool">The pool: every change of a user or of a price in it must be told.</param>
    /// <param name="users">Users from 0 to below this number.</param>
    public RiskIndex(LendingPool pool, uint users)
    {
        ArgumentNullException.ThrowIfNull(pool);
        _pool = pool;
        _reserves = new ReserveRisk[pool.ReserveCount];
        _movements = new ulong[pool.ReserveCount * Sides];
        _movements.AsSpan().Fill(LeastMovement);
        _waiting = new TriggerLists(pool.ReserveCount * Sides);
        for (var i = 0; i < _reserves.Length; i++) Move(i);
        _passed.Clear();
        for (var user = 0u; user < users; user++) UserChanged(user);
    }

    /// <summary>Positions looked at so far.</summary>
    public long Evaluations { get; private set; }

    /// <summary>How many users are below their threshold.</summary>
    public int BelowCount => _below.Count;

    /// <summary>Bytes held.</summary>
    public long Bytes =>
        _waiting.Bytes + (_users.LongLength * 8) + _passed.Bytes + _below.Bytes + _sorted.Bytes;

    /// <summary>Users below their threshold, ascending. Void after the next change.</summary>
    public ReadOnlySpan<uint> Below()
    {
        _sorted.Clear();
        foreach (var user in _below.Users) _sorted.Add(user);
        _sorted.Sort();
        return _sorted.Users;
    }

    /// <summary>The threshold of a user, in basis points.</summary>
    public uint ThresholdOf(uint user) =>
        user < _users.Length && _users[user].Threshold != 0 ? _users[user].Threshold : Liquidatable;

    /// <summary>Sets a user's threshold: the health factor below which the user is to be found.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="basisPoints"><see cref="Liquidatable"/> or more.</param>
    public void SetThreshold(uint user, ushort basisPoints)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(basisPoints, Liquidatable);
        EnsureUser(user);
        _users[user].Threshold = basisPoints;
        UserChanged(user);
    }

    /// <summary>A user's balances or flags have changed.</summary>
    public void UserChanged(uint user)
    {
        EnsureUser(user);
        _waiting.Remove(user);
        var isBelow = _pool.UserAt(user).IsBorrowing && !TryWait(user);
        if (isBelow == _users[user].IsBelow) return;
        if (isBelow) Enter(user);
        else Leave(user);
    }

    /// <summary>The price of a reserve has changed.</summary>
    public void PriceChanged(int reserve)
    {
        Move(reserve);
        Settle();
    }

    /// <summary>Time has gone on.</summary>
    public void TimeAdvanced()
    {
        for (var i = 0; i < _reserves.Length; i++) Move(i);
        Settle();
    }

    /// <summary>Thresholds of a reserve or of an e-mode have changed: everybody is looked at.</summary>
    public void ParametersChanged()
    {
        TimeAdvanced();
        for (var user = 0u; user < _users.Length; user++)
        {
            if (_users[user].IsBelow || _waiting.IsWaiting(user)) UserChanged(user);
        }
    }

    private void Move(int reserve)
    {
        ref var risk = ref _reserves[reserve];
        risk.Refresh(_pool.ReserveAt(reserve), _pool.Clock);
        Move(reserve * Sides, risk.SupplyLevel);
        Move((reserve * Sides) + 1, uint.MaxValue - risk.DebtLevel);
    }

    private void Move(int list, uint key)
    {
        var before = _waiting.KeyOf(list);
        if (before != 0)
        {
            _movements[list] += key > before ? key - before : before - key;
            if (_movements[list] >= MostMovement)
            {
                foreach (ref var movement in _movements.AsSpan()) movement = (movement >> 1) | LeastMovement;
            }
        }

        _waiting.MoveTo(list, key, _passed);
    }

    // Who is passed on several lists comes several times: the later looks find nothing new.
    private void Settle()
    {
        foreach (var user in _passed.Users) UserChanged(user);
        _passed.Clear();
        for (var at = _below.Count - 1; at >= 0; at--) UserChanged(_below.Users[at]);
    }

    // False if the user is below the threshold now.
    private bool TryWait(uint user)
    {
        Evaluations++;
        var threshold = ThresholdOf(user);
        var margin = RiskMargin.Of(_pool, _reserves, user, threshold);
        if (margin <= 0 && RiskMargin.IsBelow(_pool, user, threshold)) return false;
        margin = Math.Max(margin, 0);
        var flags = _pool.UserAt(user);
        var (falls, rises) = (Widest(flags.Collateral, 0), Widest(flags.Borrowing, 1));
        var fall = (long)((UInt128)margin * falls / (falls + rises));
        Wait(user, flags.Collateral, 0, fall - LogLevel.Slack + 1);
        Wait(user, flags.Borrowing, 1, margin - fall - 1);
        return true;
    }

    // What moved most so far is given the larger part of the margin: it will come back less often.
    private ulong Widest(UInt128 reserves, int side)
    {
        var widest = LeastMovement;
        for (; reserves != 0; reserves &= reserves - 1)
        {
            widest = Math.Max(widest, _movements[((int)UInt128.TrailingZeroCount(reserves) * Sides) + side]);
        }

        return widest;
    }

    private void Wait(uint user, UInt128 reserves, int side, long distance)
    {
        for (; reserves != 0; reserves &= reserves - 1)
        {
            var list = ((int)UInt128.TrailingZeroCount(reserves) * Sides) + side;
            _waiting.Add(user, list, (uint)Math.Clamp(_waiting.KeyOf(list) - distance, 0, uint.MaxValue));
        }
    }

    private void Enter(uint user)
    {
        _users[user].Place = _below.Count;
        _users[user].IsBelow = true;
        _below.Add(user);
    }

    private void Leave(uint user)
    {
        var place = _users[user].Place;
        _users[_below.RemoveAt(place)].Place = place;
        _users[user].IsBelow = false;
    }

    private void EnsureUser(uint user)
    {
        _waiting.EnsureUser(user);
        if (user >= _users.Length) Array.Resize(ref _users, checked((int)Math.Max(user + 1, (uint)_users.Length * 2)));
    }

    private struct UserState
    {
        public int Place;
        public ushort Threshold;
        public bool IsBelow;
    }
}
