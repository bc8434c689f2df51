using DarkPool.Enclave.Opening;
using DarkPool.Enclave.Sessions;
using DarkPool.Engine;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Envelopes;
using DarkPool.Protocol.Link;
using DarkPool.Protocol.Reports;
using DarkPool.Protocol.Sessions;
using RejectionCode = DarkPool.Protocol.Reports.RejectionCode;

namespace DarkPool.Enclave.Shard;

/// <summary>Applies the entries of an opened block, in order.</summary>
internal sealed class EntryLoop
{
    /// <summary>Entries ahead of which bytes, index and orders are brought near: a miss lasts about as long as a command.</summary>
    private const int BytesAhead = 12;
    private const int LookUpAhead = 6;
    private const int OrderAhead = 3;

    /// <summary>A power of two above <see cref="LookUpAhead"/>, less one.</summary>
    private const int AheadMask = 7;

    private readonly Venue _venue;
    private readonly SessionDesk _sessions;
    private readonly CommandDesk _commands;
    private readonly PublicEntryDesk _public;
    private readonly ReportDesk _reports;

    /// <summary>Sessions of the commands just ahead, each at its index modulo the length.</summary>
    private readonly Session?[] _ahead = new Session?[AheadMask + 1];

    public EntryLoop(Venue venue, SessionDesk sessions, CommandDesk commands, PublicEntryDesk publicEntries, ReportDesk reports)
    {
        _venue = venue;
        _sessions = sessions;
        _commands = commands;
        _public = publicEntries;
        _reports = reports;
    }

    /// <summary>Envelopes of the block under way that had no effect.</summary>
    public int Dropped { get; private set; }

    /// <summary>Public entries of the block under way that changed nothing.</summary>
    public List<EntryRefusal> Refused { get; } = [];

    public void Run(PreparedBlock block)
    {
        Dropped = 0;
        Refused.Clear();
        var number = block.Header.Number;
        var entries = block.Entries;
        for (var index = 0; index < Math.Min(LookUpAhead, entries.Count); index++) FindSession(entries, index);
        for (var index = 0; index < entries.Count; index++)
        {
            Foresee(entries, index);
            _venue.BeginEntry((uint)index);
            var state = entries.State(index);
            if (state == EntryState.UnknownSession) state = block.OpenLate(index);
            switch (state)
            {
                case EntryState.Public:
                    ApplyPublic(entries, index);
                    break;
                case EntryState.Hello:
                    var hello = entries.Data(index)[EnvelopeHeader.Size..];
                    _reports.BeginEntry(index, null, 0);
                    if (!_sessions.TryOpen(number, index, block.TakeHello(index), HelloMemory.NameOf(hello))) Dropped++;
                    break;
                case EntryState.UnknownSession or EntryState.NotAnEnvelope or EntryState.BadHello:
                    Dropped++;
                    break;
                default:
                    ApplyCommand(entries.Data(index), index, state, number);
                    break;
            }

            _sessions.CloseOverflowing();
        }
    }

    /// <summary>Asks for the memory that entries a little ahead will need, in the order in which one look leads to the next.</summary>
    private void Foresee(in OpenedEntries entries, int index)
    {
        if (index + BytesAhead < entries.Count) entries.PrefetchCommand(index + BytesAhead);
        if (index + LookUpAhead < entries.Count)
        {
            FindSession(entries, index + LookUpAhead);
            ForeseeCommand(entries, index + LookUpAhead, soon: false);
        }

        if (index + OrderAhead < entries.Count) ForeseeCommand(entries, index + OrderAhead, soon: true);
    }

    private void FindSession(in OpenedEntries entries, int index)
    {
        _ahead[index & AheadMask] = entries.State(index)
            is EntryState.Command or EntryState.UnknownSession or EntryState.UnknownKeyEpoch or EntryState.BadSeal or EntryState.Malformed
            ? _sessions.Find(EnvelopeHeader.ReadAccepted(entries.Data(index)).Session)
            : null;
    }

    private void ForeseeCommand(in OpenedEntries entries, int index, bool soon)
    {
        if (entries.State(index) != EntryState.Command || _ahead[index & AheadMask] is not { } session) return;
        _commands.Foresee(session, EnvelopeOpener.PlaintextOf(entries.Data(index)), soon);
    }

    private void ApplyPublic(in OpenedEntries entries, int index)
    {
        _reports.BeginEntry(index, null, 0);
        var data = entries.Data(index);
        var refusal = entries.Kind(index) switch
        {
            EntryKind.Deposit => _public.Deposit(data),
            EntryKind.Price => _public.Price(data),
            _ => _public.Governance(data),
        };
        if (refusal is { } code) Refused.Add(new EntryRefusal((uint)index, code));
    }

    private void ApplyCommand(Span<byte> envelope, int index, EntryState state, ulong number)
    {
        var session = _ahead[index & AheadMask];

        // A session that this very block evicted or opened does not count: whether the thread that opened the command still found it, or
        // already, is chance.
        if (session is null || session.IsEvicted || SessionNumber.BlockOf(session.Number) >= number)
        {
            Dropped++;
            return;
        }

        session.LastHeardBlock = number;
        if (session.IsClosed) return;
        var sequence = EnvelopeHeader.ReadAccepted(envelope).Sequence;
        _reports.BeginEntry(index, session, sequence);
        if (state is EntryState.BadSeal or EntryState.UnknownKeyEpoch)
        {
            Warn(session, state == EntryState.BadSeal ? RejectionCode.BadSeal : RejectionCode.UnknownKeyEpoch, number);
            return;
        }

        if (sequence != session.LastSequence + 1)
        {
            Warn(session, RejectionCode.OutOfSequence, number);
            return;
        }

        session.LastSequence = sequence;
        if (state == EntryState.Malformed) _commands.RejectMalformed(session);
        else _commands.Execute(session, EnvelopeOpener.PlaintextOf(envelope));
    }

    /// <summary>
    /// Answers what does not prove that the client sent it just now: anybody can put such envelopes into a block, so a session gets at
    /// most one such answer per block.
    /// </summary>
    private void Warn(Session session, RejectionCode code, ulong number)
    {
        if (session.LastWarnedBlock == number || _reports.IsFull(session)) return;
        session.LastWarnedBlock = number;
        _reports.Reject(session, new Rejected(code, CommandType.Cover, 0), _reports.Sequence);
    }
}
