using System.Buffers;
using DarkPool.Enclave.Opening;
using DarkPool.Protocol.Link;

namespace DarkPool.Enclave.Server;

/// <summary>
/// Reads the host's frames on a thread of its own, which also starts the preparation of blocks, so that hashing and opening run ahead of
/// the executor.
/// </summary>
internal sealed class RequestReader(LinkConnection connection, RequestDesk desk, SideRequests side)
{
    /// <summary>Blocks that are prepared ahead of the executor: enough to keep the crew busy, few enough to stay in the cache.</summary>
    private const int PreparedAhead = 4;

    private readonly HandoverQueue<PreparedBlock> _idle = new(PreparedAhead);
    private ArrayBufferWriter<byte> _snapshot = new();
    private int _preparations;

    /// <summary>What the executor is to carry out, in order.</summary>
    public HandoverQueue<Request> Requests { get; } = new(LinkLimits.MaxRequestsInFlight);

    /// <summary>The parts of the snapshot that came before the request under way.</summary>
    public byte[] TakeSnapshot()
    {
        var snapshot = _snapshot.WrittenSpan.ToArray();
        _snapshot = new ArrayBufferWriter<byte>();
        return snapshot;
    }

    /// <summary>A block that has been executed: the next one is prepared in it.</summary>
    public void GiveBack(PreparedBlock block) => _idle.TryAdd(block);

    /// <summary>Lets <see cref="Run"/> end; the host can still be answered.</summary>
    public void Stop()
    {
        connection.StopReading();
        _idle.Complete();
    }

    /// <summary>Reads until the host goes, sends what cannot be read, or <see cref="Stop"/>.</summary>
    /// <returns>What was wrong with a frame; null if the reading just ended.</returns>
    public LinkException? Run(CancellationToken stopping)
    {
        try
        {
            while (connection.Read() is { } frame && Take(frame, stopping))
            {
            }

            return null;
        }
        catch (LinkException e) when (e.Code != LinkErrorCode.Disconnected)
        {
            return e;
        }
        catch (Exception e) when (e is OperationCanceledException or LinkException)
        {
            // the host has gone, or the process ends
            return null;
        }
    }

    /// <returns>False when the executor has ended.</returns>
    private bool Take(LinkFrame frame, CancellationToken stopping)
    {
        switch (frame.Type)
        {
            case LinkMessageType.RestorePart:
                TakeSnapshotPart(frame);
                return true;
            case LinkMessageType.Identify:
                _ = side.IdentifyAsync(frame, stopping);
                return true;
            case LinkMessageType.Publish:
                _ = side.PublishAsync(frame, stopping);
                return true;
            case LinkMessageType.Restore:
                // What follows needs the restored shard already when it is read.
                var restored = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                if (!Requests.TryAdd(new Request(frame, null, false, restored))) return false;
                restored.Task.Wait(stopping);
                return true;
            case LinkMessageType.Execute:
                return Prepare(frame);
            default:
                return Requests.TryAdd(new Request(frame, null, false, null));
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

    private bool Prepare(LinkFrame frame)
    {
        var block = ExecuteRequest.Read(frame.Payload, out var replay);
        if (_preparations < PreparedAhead) _idle.TryAdd(NewPreparation());
        if (!_idle.TryTake(out var preparation)) return false;
        desk.Shard.Prepare(preparation, block);
        return Requests.TryAdd(new Request(frame, preparation, replay, null));
    }

    private PreparedBlock NewPreparation()
    {
        _preparations++;
        return desk.Shard.NewPreparation();
    }
}
