using System.Runtime.CompilerServices;

namespace DarkPool.Enclave.Sessions;

/// <summary>The open sessions of each account, oldest first, and the newest one: where reports go that answer no command.</summary>
internal sealed class AccountSessions
{
    private const int FirstCapacity = 1024;

    private Places[] _accounts = new Places[FirstCapacity];

    /// <summary>The newest open session of an account; null if it has none.</summary>
    public Session? Newest(uint account)
    {
        if (account >= _accounts.Length) return null;
        ref var places = ref _accounts[account];
        return places.Count == 0 ? null : places.Sessions[places.Count - 1];
    }

    /// <summary>The oldest open session, which has to close before another one opens; null as long as there is room.</summary>
    public Session? OldestIfFull(uint account) =>
        account < _accounts.Length && _accounts[account].Count == SessionLimits.MaxPerAccount ? _accounts[account].Sessions[0] : null;

    public void Add(Session session)
    {
        if (session.Account >= _accounts.Length)
            Array.Resize(ref _accounts, (int)Math.Max(session.Account + 1, _accounts.Length * 2L));
        ref var places = ref _accounts[session.Account];
        if (places.Count == SessionLimits.MaxPerAccount) throw new InvalidOperationException(
            "The account has no room for another session.");
        places.Sessions[places.Count++] = session;
    }

    public void Remove(Session session)
    {
        ref var places = ref _accounts[session.Account];
        Span<Session?> open = places.Sessions;
        var place = open[..places.Count].IndexOf(session);
        open[(place + 1)..places.Count].CopyTo(open[place..]);
        open[--places.Count] = null;
    }

    private struct Places
    {
        public int Count;
        public Slots Sessions;
    }

    [InlineArray(SessionLimits.MaxPerAccount)]
    private struct Slots
    {
        private Session? _first;
    }
}
