using DarkPool.Client.Http;
using DarkPool.Client.Submission;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Reports;
using DarkPool.Protocol.Sessions;

namespace DarkPool.Client.Sessions;

/// <summary>The two directions of a session: commands sealed with strict sequences, reports matched to them.</summary>
internal sealed class SessionChannel : IAsyncDisposable
{
    /// <summary>
    /// Reports received without a command of ours that would acknowledge them, before cover traffic does: a sixteenth of what the
    /// enclave holds for a session.
    /// </summary>
    private const ulong MaxUnacknowledged = 4_096;

    private readonly ClientSession _keys;
    private readonly SubmissionQueue _queue;
    private readonly ReportReader _reader;
    private readonly PendingCommands _pending = new();
    private readonly SemaphoreSlim _unanswered;
    private readonly int _mostUnanswered;
    private readonly ReportHandler? _onReport;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;
    private readonly List<(ulong Block, uint Entry, Balance Balance)> _balances = [];
    private readonly List<(ulong Block, uint Entry, LendingReport Report)> _answers = [];
    private ulong _acknowledged;

    public SessionChannel(
        ClientSession keys, SubmissionQueue queue, VenueApi api, AccountKey account, ReportHandler? onReport, DarkPoolClientOptions options)
    {
        Account = account;
        _keys = keys;
        _queue = queue;
        _onReport = onReport;
        _time = options.Time;
        _mostUnanswered = options.MaxUnanswered;
        _unanswered = new SemaphoreSlim(_mostUnanswered);
        _reader = new ReportReader(keys, api, Take, options.Time);
        _reading = Task.Run(ReadAsync);
    }

    public ulong Number => _keys.Number;

    public AccountKey Account { get; }

    /// <summary>Ends when the enclave has said in a sealed report that the session is this account's.</summary>
    public Task Opened => _opened.Task;

    public Task Completion => _completion.Task;

    public async ValueTask<SubmittedCommand> SubmitAsync(CommandType type, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        await _unanswered.WaitAsync(cancellation);
        try
        {
            return await _queue.SubmitAsync(this, type, body, cancellation);
        }
        catch
        {
            _unanswered.Release();
            throw;
        }
    }

    /// <summary>Seals the next command; called by the queue, one at a time.</summary>
    public SubmittedCommand Seal(CommandType type, ReadOnlySpan<byte> body, Span<byte> envelope)
    {
        ulong received = _reader.Received;
        ulong sequence = _keys.SealCommand(type, body, received, envelope);
        Volatile.Write(ref _acknowledged, received);
        var command = new SubmittedCommand(type, sequence, _time.GetTimestamp());
        _pending.Add(command);
        return command;
    }

    /// <summary>Takes the receipt of a command.</summary>
    public void Received(SubmittedCommand command, in CommandReceipt receipt)
    {
        if (command.Received(receipt, _time.GetTimestamp()) is { } refusal && _pending.TryGet(command.Sequence, out _))
            Fail(Refused(refusal));
    }

    /// <summary>Fails what waits for an answer, and lets those go on who wait for room, to meet the fault as well.</summary>
    public void Fail(Exception fault)
    {
        _pending.Fail(fault);
        _unanswered.Release(_mostUnanswered);
        if (_opened.TrySetException(fault))
            _ = _opened.Task.Exception;
        if (_completion.TrySetException(fault))
            _ = _completion.Task.Exception;
    }

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
            return;
        await _stopping.CancelAsync();
        await _reading;
        _completion.TrySetResult();
        Fail(new ObjectDisposedException(nameof(DarkPoolSession)));
        _keys.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            await _reader.RunAsync(_stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Disposal, or the end of the session, ends the reading.
        }
        catch (DarkPoolException e)
        {
            Fail(e);
        }
    }

    private void Take(in ReportHeader header, ReadOnlySpan<byte> body)
    {
        RejectionCode? rejection = null;
        LogPlace? endedAt = null;
        switch (header.Type)
        {
            case ReportType.SessionOpened:
                CheckOpened(body);
                break;
            case ReportType.Balance when Balance.TryRead(body, out Balance balance):
                _balances.Add((header.Block, header.Entry, balance));
                break;
            case ReportType.PoolPosition or ReportType.PoolHolding or ReportType.IsolatedPosition:
                _answers.Add((header.Block, header.Entry, new LendingReport(header.Type, body.ToArray())));
                break;
            case ReportType.Rejected when Rejected.TryRead(body, out Rejected rejected):
                rejection = rejected.Code;
                if (rejected.EndedInBlock != 0)
                    endedAt = new LogPlace(rejected.EndedInBlock, rejected.EndedByEntry);
                break;
        }
        if (rejection is { } code && LeavesSequence(code))
        {
            TakeRefusal(header, code);
            Acknowledge(header.Number);
            return;
        }
        _onReport?.Invoke(header, body);
        if (IsAnswer(header.Type) && _pending.TryTake(header.Sequence, out SubmittedCommand? command))
        {
            _unanswered.Release();
            if (command.Type == CommandType.QueryBalances)
                command.Balances = BalancesAt(header);
            else if (AsksForPositions(command.Type))
                command.Positions = PositionsAt(header);
            var outcome = new CommandOutcome(header.Type, rejection, header.Block, header.Time) { EndedAt = endedAt };
            command.Answered(outcome, _time.GetTimestamp());
        }
        if (header.Type == ReportType.SessionClosed)
            _completion.TrySetResult();
        else
            Acknowledge(header.Number);
    }

    /// <summary>
    /// The refused envelope may be a copy of a command that was executed before, sent again because its receipt was lost, or a
    /// stranger's with this session's number. If it is neither, the enclave does not take this session's commands any more.
    /// </summary>
    private void TakeRefusal(in ReportHeader header, RejectionCode code)
    {
        if (_pending.TryGet(header.Sequence, out SubmittedCommand? command)
            && command.RefusedAt(header.Block, header.Entry, code) is not null)
        {
            Fail(Refused(code));
        }
    }

    private void CheckOpened(ReadOnlySpan<byte> body)
    {
        if (!SessionOpened.TryRead(body, out SessionOpened opened) || opened.Session != Number || opened.Account != Account)
            throw new DarkPoolException(DarkPoolError.ProtocolViolation, "The enclave opened another session than this one.");
        _opened.TrySetResult();
    }

    /// <summary>Balances answer no sequence; they belong to the query at the same place of the log, and come before its answer.</summary>
    private Balance[] BalancesAt(ReportHeader header)
    {
        Balance[] mine = [.. _balances.Where(b => b.Block == header.Block && b.Entry == header.Entry).Select(b => b.Balance)];
        _balances.Clear();
        return mine;
    }

    /// <summary>Positions answer no sequence either.</summary>
    private LendingReport[] PositionsAt(ReportHeader header)
    {
        LendingReport[] mine = [.. _answers.Where(a => a.Block == header.Block && a.Entry == header.Entry).Select(a => a.Report)];
        _answers.Clear();
        return mine;
    }

    /// <summary>Fills of resting orders come without commands of ours; something has to tell the enclave that they arrived.</summary>
    private void Acknowledge(ulong number)
    {
        if (number < Volatile.Read(ref _acknowledged) + MaxUnacknowledged || !_unanswered.Wait(0, CancellationToken.None))
            return;
        if (!_queue.TrySubmit(this, CommandType.Cover))
            _unanswered.Release();
    }

    /// <summary>Codes that do not use up the sequence which they name, docs/PROTOCOL.md section 5.</summary>
    private static bool LeavesSequence(RejectionCode code) =>
        code is RejectionCode.BadSeal or RejectionCode.OutOfSequence or RejectionCode.UnknownKeyEpoch;

    private static DarkPoolException Refused(RejectionCode code) =>
        new(DarkPoolError.SessionLost, $"The enclave does not take commands of this session any more: {code}.");

    private static bool AsksForPositions(CommandType type) => type
        is CommandType.QueryPool or CommandType.PoolWhatIf or CommandType.QueryIsolated or CommandType.IsolatedWhatIf;

    /// <summary>Cancels and expiries that nobody asked for have sequence 0, which is no command's.</summary>
    private static bool IsAnswer(ReportType type) => type is ReportType.OrderAccepted or ReportType.OrderCancelled
        or ReportType.OrderReplaced or ReportType.OrdersCancelled or ReportType.CommandDone or ReportType.SessionClosed
        or ReportType.Rejected or ReportType.PoolChanged or ReportType.IsolatedChanged;
}
