using DarkPool.Enclave.Outboxes;
using DarkPool.Enclave.Sessions;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Reports;

namespace DarkPool.Enclave.Shard;

/// <summary>
/// Writes reports into outboxes, in the name of the entry that is being applied. Hot: two reports for a trade, none allocated.
/// </summary>
internal sealed class ReportDesk
{
    private readonly AccountSessions _accounts;
    private readonly List<Session> _overflowing = [];
    private ulong _block;
    private long _time;
    private uint _entry;

    public ReportDesk(AccountSessions accounts) => _accounts = accounts;

    /// <summary>The session whose command is being carried out; null while the block's own time does something.</summary>
    public Session? Answering { get; private set; }

    /// <summary>Sequence of that command.</summary>
    public ulong Sequence { get; private set; }

    /// <summary>Type of that command, for its rejection.</summary>
    public CommandType CommandType { get; set; }

    /// <summary>Unacknowledged reports of all sessions.</summary>
    public long Unacknowledged { get; private set; }

    public void BeginBlock(ulong block, long time)
    {
        _block = block;
        _time = time;
        BeginEntry(0, null, 0);
    }

    public void BeginEntry(int entry, Session? answering, ulong sequence)
    {
        _entry = (uint)entry;
        Answering = answering;
        Sequence = sequence;
    }

    /// <summary>Where a report goes that answers no command: the account's newest session, or nowhere.</summary>
    public Session? NewestOf(uint account) => _accounts.Newest(account);

    /// <summary>Writes a report's header; the caller writes its body into what is returned.</summary>
    public Span<byte> Add(Session session, ReportType type, int bodySize, ulong sequence)
    {
        var length = ReportHeader.Size + bodySize;
        var report = session.Outbox.Append(length);
        new ReportHeader(session.Outbox.LastNumber, type, (ushort)length, _entry, _block, _time, sequence).Write(report);
        Unacknowledged++;
        if (session.Outbox.Unacknowledged == OutboxLimits.MostBeforeClosing) _overflowing.Add(session);
        return report[ReportHeader.Size..];
    }

    public void Reject(Session session, Rejected rejection, ulong sequence) =>
        rejection.Write(Add(session, ReportType.Rejected, rejection.Length, sequence));

    public void Acknowledge(Session session, ulong number) => Unacknowledged -= session.Outbox.Acknowledge(number);

    /// <summary>Forgets all reports of a session.</summary>
    public void Purge(Session session)
    {
        Unacknowledged -= session.Outbox.Unacknowledged;
        session.Outbox.Purge();
    }

    /// <summary>Counts the reports that a snapshot brought back.</summary>
    public void Restored(long unacknowledged) => Unacknowledged += unacknowledged;

    /// <summary>Whether a session has to acknowledge before it may command again.</summary>
    public bool IsFull(Session session)
    {
        var waiting = session.Outbox.Unacknowledged;
        return waiting > OutboxLimits.MaxUnacknowledged
            || (waiting > OutboxLimits.FairShare && Unacknowledged > OutboxLimits.MaxOfShard);
    }

    /// <summary>Takes a session that let too many reports pile up; it has to be closed.</summary>
    public bool TryTakeOverflowing(out Session session)
    {
        session = null!;
        if (_overflowing.Count == 0) return false;
        session = _overflowing[^1];
        _overflowing.RemoveAt(_overflowing.Count - 1);
        return true;
    }
}
