using DarkPool.Client.Http;
using DarkPool.Client.Log;
using DarkPool.Client.Sessions;
using DarkPool.Protocol.Commands;

namespace DarkPool.Client.Submission;

/// <summary>
/// The one way of commands to the venue: sealed in the order of submission, sent one request at a time (the next leaves when the one
/// before it is accepted, so their order holds over all sessions), as many in one request as have gathered meanwhile.
/// </summary>
internal sealed class SubmissionQueue : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly VenueApi _api;
    private readonly ReceiptVerifier _receipts;
    private readonly LogWatch _watch;
    private readonly int _batchCapacity;
    private readonly SemaphoreSlim _room;
    private readonly SemaphoreSlim _work = new(0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly LinkedList<SubmissionBatch> _waiting = new();
    private readonly Stack<SubmissionBatch> _spare = new();
    private readonly Task _pump;
    private Exception? _fault;

    public SubmissionQueue(VenueApi api, ReceiptVerifier receipts, LogWatch watch, DarkPoolClientOptions options, int envelopesPerRequest)
    {
        _api = api;
        _receipts = receipts;
        _watch = watch;
        _batchCapacity = envelopesPerRequest;
        _room = new SemaphoreSlim(options.MaxQueued);
        _pump = Task.Run(PumpAsync);
    }

    /// <summary>Waits for room and seals a command.</summary>
    /// <exception cref="DarkPoolException">An earlier command could not be delivered: nothing can follow it.</exception>
    public async ValueTask<SubmittedCommand> SubmitAsync(
        SessionChannel session, CommandType type, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        await _room.WaitAsync(cancellation);
        return Seal(session, type, body.Span);
    }

    /// <summary>Seals a command if there is room at once.</summary>
    public bool TrySubmit(SessionChannel session, CommandType type)
    {
        if (_fault is not null || !_room.Wait(0, CancellationToken.None))
            return false;
        Seal(session, type, []);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _pump;
        Fault(new ObjectDisposedException(nameof(DarkPoolClient)));
        _stopping.Dispose();
        _work.Dispose();
        _room.Dispose();
    }

    private SubmittedCommand Seal(SessionChannel session, CommandType type, ReadOnlySpan<byte> body)
    {
        SubmittedCommand command;
        bool isFirst;
        lock (_lock)
        {
            if (_fault is not null)
            {
                _room.Release();
                throw Unusable(_fault);
            }
            SubmissionBatch batch = OpenBatch();
            command = session.Seal(type, body, batch.NextPlace);
            batch.Add(session, command);
            isFirst = batch.Count == 1;
        }
        if (isFirst)
            _work.Release();
        return command;
    }

    private SubmissionBatch OpenBatch()
    {
        if (_waiting.Last is { Value.IsFull: false } last)
            return last.Value;
        SubmissionBatch fresh = _spare.TryPop(out SubmissionBatch? spare) ? spare : new SubmissionBatch(_batchCapacity);
        _waiting.AddLast(fresh);
        return fresh;
    }

    private async Task PumpAsync()
    {
        try
        {
            while (true)
            {
                await _work.WaitAsync(_stopping.Token);
                SubmissionBatch batch = TakeBatch();
                await DeliverAsync(batch);
                lock (_lock)
                {
                    batch.Clear();
                    _spare.Push(batch);
                }
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Disposal ends the pump.
        }
        catch (DarkPoolException e)
        {
            Fault(e);
        }
    }

    private SubmissionBatch TakeBatch()
    {
        lock (_lock)
        {
            SubmissionBatch first = _waiting.First!.Value;
            _waiting.RemoveFirst();
            return first;
        }
    }

    private async Task DeliverAsync(SubmissionBatch batch)
    {
        try
        {
            ulong floor = _watch.Highest.Block;
            byte[] answer = await _api.PostEnvelopesAsync(batch.Bytes, _stopping.Token);
            await _receipts.VerifyAsync(batch, answer, floor, _stopping.Token);
            _room.Release(batch.Count);
        }
        catch (Exception e)
        {
            Fail(batch.Entries, e);
            throw;
        }
    }

    /// <summary>A command that is not delivered leaves a gap in its session's sequence, and in the order of all that follow.</summary>
    private void Fault(Exception fault)
    {
        SubmissionBatch[] lost;
        lock (_lock)
        {
            _fault ??= fault;
            lost = [.. _waiting];
            _waiting.Clear();
        }
        Fail(lost.SelectMany(batch => batch.Entries), fault);
    }

    /// <summary>
    /// A command whose report came before its receipt waits for nothing in its session any more, but for the receipt still.
    /// </summary>
    private static void Fail(IEnumerable<SubmissionBatch.Entry> entries, Exception fault)
    {
        foreach (SubmissionBatch.Entry entry in entries)
        {
            entry.Command.Fail(fault);
            entry.Session.Fail(fault);
        }
    }

    private static Exception Unusable(Exception fault) => fault is DarkPoolException known
        ? new DarkPoolException(known.Error, "The client cannot send any more: " + known.Message, known)
        : fault;
}
