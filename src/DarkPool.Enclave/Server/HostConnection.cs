using System.Buffers;
using System.Threading.Channels;
using DarkPool.Enclave.Deposits;
using DarkPool.Enclave.Opening;
using DarkPool.Protocol.Link;

namespace DarkPool.Enclave.Server;

/// <summary>
/// Serves one host. Frames are read on one thread, which also starts the preparation of blocks, so that hashing and opening run ahead;
/// the executor's thread takes the requests in order.
/// </summary>
internal sealed class HostConnection : IDisposable
{
    /// <summary>Blocks that are prepared ahead of the executor: enough to keep the crew busy, few enough to stay in the cache.</summary>
    private const int PreparedAhead = 4;

    private readonly EnclaveContext _context;
    private readonly LinkConnection _connection;
    private readonly Crew _crew = new(Crew.HandsOfMachine);
    private readonly RequestDesk _desk;
    private readonly SideRequests _side;
    private readonly Channel<PreparedBlock> _idle = Channel.CreateBounded<PreparedBlock>(PreparedAhead);
    private readonly Channel<Request> _requests = Channel.CreateBounded<Request>(LinkLimits.MaxRequestsInFlight);
    private readonly CancellationTokenSource _ending = new();
    private ArrayBufferWriter<byte> _snapshot = new();
    private readonly List<PreparedBlock> _preparations = new(PreparedAhead);
    private volatile LinkException? _failure;
    private Task _watching = Task.CompletedTask;

    public HostConnection(EnclaveContext context, LinkConnection connection)
    {
        _context = context;
        _connection = connection;
        _desk = new RequestDesk(context, new AnswerWriter(connection), _crew);
        _side = new SideRequests(context, connection, _desk, FailAsync);
    }

    /// <summary>Serves until the host goes, the enclave refuses, or the process is told to end.</summary>
    /// <returns>Why the enclave refused; null if it did not.</returns>
    public async Task<LinkException?> RunAsync(CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ending.Token);
        var executing = Task.Factory.StartNew(ExecuteRequests, CancellationToken.None, TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        LinkException? refusal = null;
        try
        {
            await ReadRequestsAsync(stopping.Token);
        }
        catch (LinkException e) when (e.Code != LinkErrorCode.Disconnected)
        {
            refusal = e;
        }
        catch (Exception e) when (e is OperationCanceledException or LinkException)
        {
            // the host has gone, or the process ends
        }

        _requests.Writer.TryComplete();
        refusal = await executing ?? refusal;
        await _ending.CancelAsync();
        await _watching;
        refusal ??= _failure;
        if (refusal is not null) await SayWhyAsync(refusal);
        await _connection.DisposeAsync();
        return refusal;
    }

    public void Dispose()
    {
        _desk.Dispose();
        _crew.Dispose();
        foreach (var preparation in _preparations) preparation.Dispose();
        _ending.Dispose();
    }

    private async Task ReadRequestsAsync(CancellationToken cancellationToken)
    {
        while (await _connection.ReadAsync(cancellationToken) is { } frame)
        {
            switch (frame.Type)
            {
                case LinkMessageType.RestorePart:
                    TakeSnapshotPart(frame);
                    break;
                case LinkMessageType.Identify:
                    _ = _side.IdentifyAsync(frame, cancellationToken);
                    break;
                case LinkMessageType.Publish:
                    _ = _side.PublishAsync(frame, cancellationToken);
                    break;
                case LinkMessageType.Restore:
                    // What follows needs the restored shard already when it is read.
                    var restored = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    await _requests.Writer.WriteAsync(new Request(frame, null, false, restored), cancellationToken);
                    await restored.Task.WaitAsync(cancellationToken);
                    break;
                case LinkMessageType.Execute:
                    await PrepareAsync(frame, cancellationToken);
                    break;
                default:
                    await _requests.Writer.WriteAsync(new Request(frame, null, false, null), cancellationToken);
                    break;
            }
        }
    }

    private void TakeSnapshotPart(LinkFrame frame)
    {
        using (frame)
        {
            if (_snapshot.WrittenCount + (long)frame.Payload.Length > LinkLimits.MaxSnapshot)
                throw new LinkException(LinkErrorCode.MalformedMessage, "The snapshot is larger than the link allows.");
            _snapshot.Write(frame.Payload.Span);
        }
    }

    private async Task PrepareAsync(LinkFrame frame, CancellationToken cancellationToken)
    {
        var block = ExecuteRequest.Read(frame.Payload, out var replay);
        if (!_idle.Reader.TryRead(out var preparation))
        {
            preparation = _preparations.Count < PreparedAhead
                ? NewPreparation()
                : await _idle.Reader.ReadAsync(cancellationToken);
        }

        _desk.Shard.Prepare(preparation, block);
        await _requests.Writer.WriteAsync(new Request(frame, preparation, replay, null), cancellationToken);
    }

    private PreparedBlock NewPreparation()
    {
        var preparation = _desk.Shard.NewPreparation();
        _preparations.Add(preparation);
        return preparation;
    }

    /// <summary>The executor's thread.</summary>
    private LinkException? ExecuteRequests()
    {
        try
        {
            while (_requests.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                while (_requests.Reader.TryRead(out var request)) Execute(request);
            }

            return null;
        }
        catch (LinkException e) when (e.Code == LinkErrorCode.Disconnected)
        {
            return null;
        }
        catch (LinkException e)
        {
            return e;
        }
        catch (Exception e)
        {
            return Defect(e);
        }
        finally
        {
            _ending.Cancel();
        }
    }

    private void Execute(in Request request)
    {
        using var frame = request.Frame;
        switch (frame.Type)
        {
            case LinkMessageType.Restore:
                _desk.Restore(frame, _snapshot.WrittenSpan.ToArray());
                _snapshot = new ArrayBufferWriter<byte>();
                request.Done!.SetResult();
                break;
            case LinkMessageType.Execute:
                _desk.Execute(frame, request.Block!, request.Replay);
                _idle.Writer.TryWrite(request.Block!);
                break;
            case LinkMessageType.Commit: _desk.Commit(frame); break;
            case LinkMessageType.GoLive: GoLive(frame); break;
            case LinkMessageType.Attach: _desk.Attach(frame); break;
            case LinkMessageType.Detach: _desk.Detach(frame); break;
            case LinkMessageType.Draw: _desk.Draw(frame); break;
            case LinkMessageType.Snapshot: _desk.Snapshot(frame); break;
            case LinkMessageType.Status: _desk.Status(frame); break;
            case LinkMessageType.RotateKeys: _desk.RotateKeys(frame); break;
            default: throw new LinkException(LinkErrorCode.UnexpectedMessage, "A host does not send messages of that type.");
        }
    }

    private void GoLive(LinkFrame frame)
    {
        var before = _desk.Stage;
        _desk.GoLive(frame);
        if (before == EnclaveStage.Live || _desk.Stage != EnclaveStage.Live) return;
        var watch = new DepositWatch(_context, _context.Chain!, () => _desk.Deposits, OfferAsync);
        _watching = Task.Run(() => WatchAsync(watch));
    }

    private async Task WatchAsync(DepositWatch watch)
    {
        try
        {
            await watch.RunAsync(_ending.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or LinkException)
        {
            // the host has gone, or the process ends
        }
        catch (Exception e)
        {
            await FailAsync(e);
        }
    }

    private ValueTask OfferAsync(byte[] certificate, CancellationToken cancellationToken) =>
        _connection.WriteAsync(LinkMessageType.DepositOffered, 0, certificate, cancellationToken);

    /// <summary>A part beside the executor failed: the enclave ends, and says why.</summary>
    private async Task FailAsync(Exception e)
    {
        _failure = e as LinkException ?? Defect(e);
        await _ending.CancelAsync();
    }

    private LinkException Defect(Exception e)
    {
        // The text of an unforeseen exception could quote what it met; its type and place cannot.
        _context.Log.Write($"defect: {e.GetType().Name}{Environment.NewLine}{e.StackTrace}");
        return new LinkException(LinkErrorCode.Internal, "The enclave met a defect; its log has the place.", e);
    }

    private async Task SayWhyAsync(LinkException refusal)
    {
        var payload = new ArrayBufferWriter<byte>();
        new LinkErrorMessage(refusal.Code, refusal.Message).Write(payload);
        try
        {
            await _connection.WriteAsync(LinkMessageType.Error, 0, payload.WrittenMemory);
        }
        catch (LinkException)
        {
            // nobody listens any more; the log has it
        }
    }

    private readonly record struct Request(LinkFrame Frame, PreparedBlock? Block, bool Replay, TaskCompletionSource? Done);
}
