using System.Buffers;
using DarkPool.Enclave.Deposits;
using DarkPool.Enclave.Opening;
using DarkPool.Protocol.Link;

namespace DarkPool.Enclave.Server;

/// <summary>
/// Serves one host: the reader's thread takes what it sends, the executor's thread carries it out in order.
/// </summary>
internal sealed class HostConnection : IDisposable
{
    private readonly EnclaveContext _context;
    private readonly LinkConnection _connection;
    private readonly Crew _crew = new(Crew.HandsOfMachine);
    private readonly RequestDesk _desk;
    private readonly RequestReader _reader;
    private readonly CancellationTokenSource _ending = new();
    private volatile LinkException? _failure;
    private Task _watching = Task.CompletedTask;

    public HostConnection(EnclaveContext context, LinkConnection connection)
    {
        _context = context;
        _connection = connection;
        _desk = new RequestDesk(context, new AnswerWriter(connection), _crew);
        _reader = new RequestReader(connection, _desk, new SideRequests(context, connection, _desk, FailAsync));
    }

    /// <summary>Serves until the host goes, the enclave refuses, or the process is told to end.</summary>
    /// <returns>Why the enclave refused; null if it did not.</returns>
    public async Task<LinkException?> RunAsync(CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ending.Token);
        LinkException? refusal;
        using (stopping.Token.UnsafeRegister(static reader => ((RequestReader)reader!).Stop(), _reader))
        {
            var executing = OwnThread(ExecuteRequests);
            refusal = await OwnThread(() => _reader.Run(stopping.Token));
            _reader.Requests.Complete();
            refusal = await executing ?? refusal;
        }

        await _ending.CancelAsync();
        await _watching;
        refusal ??= _failure;
        if (refusal is not null) SayWhy(refusal);
        _connection.Dispose();
        return refusal;
    }

    public void Dispose()
    {
        _desk.Dispose();
        _crew.Dispose();
        _ending.Dispose();
    }

    private static Task<LinkException?> OwnThread(Func<LinkException?> run) =>
        Task.Factory.StartNew(run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>The executor's thread.</summary>
    private LinkException? ExecuteRequests()
    {
        try
        {
            while (_reader.Requests.TryTake(out var request)) Execute(request);
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
            _reader.Requests.Complete();
            _ending.Cancel();
        }
    }

    private void Execute(in Request request)
    {
        using var frame = request.Frame;
        switch (frame.Type)
        {
            case LinkMessageType.Restore:
                _desk.Restore(frame, _reader.TakeSnapshot());
                request.Done!.SetResult();
                break;
            case LinkMessageType.Execute:
                _desk.Execute(frame, request.Block!, request.Replay);
                _reader.GiveBack(request.Block!);
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
        var watch = new DepositWatch(_context, _context.Chain!, () => _desk.Deposits, Offer);
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

    private void Offer(byte[] certificate) => _connection.Write(LinkMessageType.DepositOffered, 0, certificate);

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

    private void SayWhy(LinkException refusal)
    {
        var payload = new ArrayBufferWriter<byte>();
        new LinkErrorMessage(refusal.Code, refusal.Message).Write(payload);
        try
        {
            _connection.Write(LinkMessageType.Error, 0, payload.WrittenSpan);
        }
        catch (LinkException)
        {
            // nobody listens any more; the log has it
        }
    }
}
