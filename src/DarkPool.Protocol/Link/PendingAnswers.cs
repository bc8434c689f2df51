using System.Buffers;

namespace DarkPool.Protocol.Link;

/// <summary>Requests that wait for their answers, by correlation; fails them all at once when the link is gone.</summary>
internal sealed class PendingAnswers
{
    private readonly Lock _gate = new();
    private readonly Dictionary<uint, TaskCompletionSource<LinkFrame>> _waiting = [];
    private readonly Dictionary<uint, ArrayBufferWriter<byte>> _parts = [];
    private readonly TaskCompletionSource<LinkException> _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private uint _last;

    public Task<LinkException> Gone => _gone.Task;

    /// <summary>A new request; correlations are never 0, which marks unsolicited frames.</summary>
    public Task<LinkFrame> Add(out uint correlation)
    {
        var source = new TaskCompletionSource<LinkFrame>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_gone.Task.IsCompleted) throw Rethrown(_gone.Task.Result);
            if (_waiting.Count >= LinkLimits.MaxRequestsInFlight)
                throw new InvalidOperationException("More requests in flight than the link allows.");
            do _last++;
            while (_last == 0 || !_waiting.TryAdd(_last, source));
            correlation = _last;
        }

        return source.Task;
    }

    public void Complete(LinkFrame frame)
    {
        TaskCompletionSource<LinkFrame>? source;
        lock (_gate)
        {
            if (!_waiting.Remove(frame.Correlation, out source))
                throw new LinkException(LinkErrorCode.MalformedMessage, $"The enclave sent {frame.Type} that answers nothing.");
        }

        source.TrySetResult(frame);
    }

    public void AddPart(uint correlation, ReadOnlySpan<byte> part)
    {
        lock (_gate)
        {
            if (!_waiting.ContainsKey(correlation))
                throw new LinkException(LinkErrorCode.MalformedMessage, "A snapshot part answers nothing.");
            if (!_parts.TryGetValue(correlation, out ArrayBufferWriter<byte>? parts)) _parts.Add(correlation, parts = new());
            if (parts.WrittenCount + (long)part.Length > LinkLimits.MaxSnapshot)
                throw new LinkException(LinkErrorCode.MalformedMessage, "The snapshot is larger than the link allows.");
            parts.Write(part);
        }
    }

    public byte[] TakeParts(uint correlation)
    {
        lock (_gate)
            return _parts.Remove(correlation, out ArrayBufferWriter<byte>? parts) ? parts.WrittenSpan.ToArray() : [];
    }

    public void FailAll(LinkException reason)
    {
        TaskCompletionSource<LinkFrame>[] waiting;
        lock (_gate)
        {
            _gone.TrySetResult(reason);
            waiting = [.. _waiting.Values];
            _waiting.Clear();
            _parts.Clear();
        }

        foreach (TaskCompletionSource<LinkFrame> source in waiting) source.TrySetException(Rethrown(_gone.Task.Result));
    }

    private static LinkException Rethrown(LinkException reason) => new(reason.Code, reason.Message, reason);
}
