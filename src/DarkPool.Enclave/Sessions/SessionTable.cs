namespace DarkPool.Enclave.Sessions;

/// <summary>
/// Sessions by number: one flat array with linear probing at half load. One thread changes it; crew threads read it meanwhile. A place
/// changes by one reference write and the reader compares the number inside the session, so a reader sees a session or none, never a
/// wrong one.
/// </summary>
internal sealed class SessionTable
{
    private const int Capacity = 2 * SessionLimits.MaxSessions;
    private const int Mask = Capacity - 1;
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;

    private readonly Session?[] _places = new Session?[Capacity];

    public int Count { get; private set; }

    /// <summary>The session of a number; null if there is none.</summary>
    public Session? Find(ulong number)
    {
        for (var place = Home(number); ; place = (place + 1) & Mask)
        {
            var session = Volatile.Read(ref _places[place]);
            if (session is null || session.Number == number) return session;
        }
    }

    public void Add(Session session)
    {
        if (Count == SessionLimits.MaxSessions) throw new InvalidOperationException("The session table is full.");
        var place = Home(session.Number);
        while (_places[place] is not null) place = (place + 1) & Mask;
        Volatile.Write(ref _places[place], session);
        Count++;
    }

    /// <summary>
    /// Removes a session and moves those behind it closer to their home, so that no tombstones gather. A reader that looks for a session
    /// just being moved may miss it; the executor looks again when it applies the entry.
    /// </summary>
    public void Remove(Session session)
    {
        var hole = Home(session.Number);
        while (_places[hole] != session) hole = (hole + 1) & Mask;
        for (var next = (hole + 1) & Mask; _places[next] is { } follower; next = (next + 1) & Mask)
        {
            var home = Home(follower.Number);
            if (((next - home) & Mask) < ((next - hole) & Mask)) continue;
            Volatile.Write(ref _places[hole], follower);
            hole = next;
        }

        Volatile.Write(ref _places[hole], null);
        Count--;
    }

    /// <summary>All sessions, by ascending number.</summary>
    public Session[] InOrder()
    {
        var sessions = new Session[Count];
        var found = 0;
        foreach (var session in _places)
        {
            if (session is not null) sessions[found++] = session;
        }

        Array.Sort(sessions, (left, right) => left.Number.CompareTo(right.Number));
        return sessions;
    }

    /// <summary>The session that has been silent longest; the one with the lowest number among equals.</summary>
    public Session LeastRecentlyHeard()
    {
        Session? silent = null;
        foreach (var session in _places)
        {
            if (session is null) continue;
            if (silent is null || (session.LastHeardBlock, session.Number).CompareTo((silent.LastHeardBlock, silent.Number)) < 0) silent =
                session;
        }

        return silent ?? throw new InvalidOperationException("The session table is empty.");
    }

    private static int Home(ulong number) => (int)((number * Multiplier) >> 32) & Mask;
}
