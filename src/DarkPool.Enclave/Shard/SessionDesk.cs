using DarkPool.Enclave.Outboxes;
using DarkPool.Enclave.Sessions;
using DarkPool.Engine;
using DarkPool.Protocol.Link;
using DarkPool.Protocol.Reports;
using DarkPool.Protocol.Sessions;

namespace DarkPool.Enclave.Shard;

/// <summary>
/// Opens, closes and evicts sessions. Which session has to go for another one follows from public things alone when the host can see it:
/// eviction looks at who was silent longest. A session closed by its account's limit stays in the table and is not told, for it would
/// show that two sessions belong together.
/// </summary>
internal sealed class SessionDesk
{
    private readonly Venue _venue;
    private readonly SessionTable _table;
    private readonly AccountSessions _accounts;
    private readonly HelloMemory _hellos;
    private readonly ReportPages _pages;
    private readonly ReportDesk _reports;
    private ReportSink _sink;

    public SessionDesk(
        Venue venue, SessionTable table, AccountSessions accounts, HelloMemory hellos, ReportPages pages, ReportDesk reports)
    {
        _venue = venue;
        _table = table;
        _accounts = accounts;
        _hellos = hellos;
        _pages = pages;
        _reports = reports;
        _sink = new ReportSink(reports);
    }

    /// <summary>What the block under way opened; the executor takes and clears it.</summary>
    public List<SessionOpening> Opened { get; } = [];

    /// <summary>What the block under way closed visibly.</summary>
    public List<ulong> Closed { get; } = [];

    /// <summary>Sessions that left the table; their keys may still be in use by threads that prepare later blocks.</summary>
    public List<Session> Evicted { get; } = [];

    /// <summary>
    /// Opens the session of a proven hello. False, and nothing changes, if the same hello opened one before or the venue is full.
    /// </summary>
    public bool TryOpen(ulong block, int index, OpenedHello hello, UInt128 name)
    {
        if (!_hellos.TryAdd(name) || !_venue.OpenAccount(hello.Account.Key.Span, out var account))
        {
            hello.Keys.Dispose();
            return false;
        }

        if (_accounts.OldestIfFull(account) is { } oldest) Close(oldest, sequence: 0, announce: false);
        if (_table.Count == SessionLimits.MaxSessions) Evict(_table.LeastRecentlyHeard());
        var session = new Session
        {
            Number = SessionNumber.At(block, index),
            Account = account,
            KeyEpoch = hello.KeyEpoch,
            RateClass = hello.RateClass,
            Keys = hello.Keys,
            Outbox = new Outbox(_pages),
            LastHeardBlock = block,
        };
        Add(session);
        Opened.Add(new SessionOpening((uint)index, (byte)session.RateClass));
        new SessionOpened(session.Number, hello.Account)
            .Write(_reports.Add(session, ReportType.SessionOpened, SessionOpened.Size, 0));
        return true;
    }

    /// <summary>The session of a number; null if there is none.</summary>
    public Session? Find(ulong number) => _table.Find(number);

    /// <summary>Puts a session into the table, and an open one among its account's.</summary>
    public void Add(Session session)
    {
        _table.Add(session);
        if (!session.IsClosed) _accounts.Add(session);
    }

    /// <summary>Ends a session's commands, and the orders that were to end with it; its reports stay readable.</summary>
    /// <param name="session">An open session.</param>
    /// <param name="sequence">The command that asked for it; 0 if none did.</param>
    /// <param name="announce">Whether the host may know.</param>
    public void Close(Session session, ulong sequence, bool announce)
    {
        session.IsClosed = true;
        _accounts.Remove(session);
        _venue.EndSession(session.Account, session.Number, ref _sink);
        _reports.Add(session, ReportType.SessionClosed, 0, sequence);
        if (announce) Closed.Add(session.Number);
    }

    /// <summary>Closes the sessions that let their reports pile up beyond the last limit, and forgets these reports.</summary>
    public void CloseOverflowing()
    {
        while (_reports.TryTakeOverflowing(out var session))
        {
            _reports.Purge(session);
            if (!session.IsClosed) Close(session, sequence: 0, announce: false);
        }
    }

    private void Evict(Session session)
    {
        if (!session.IsClosed)
        {
            _accounts.Remove(session);
            _venue.EndSession(session.Account, session.Number, ref _sink);
        }

        session.IsClosed = true;
        session.IsEvicted = true;
        _reports.Purge(session);
        _table.Remove(session);
        Evicted.Add(session);
        Closed.Add(session.Number);
    }
}
