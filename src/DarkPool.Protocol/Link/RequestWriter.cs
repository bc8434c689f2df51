namespace DarkPool.Protocol.Link;

/// <summary>Writes requests to the enclave, in the order in which they were made, while their callers wait for the answers.</summary>
internal sealed class RequestWriter(LinkConnection connection, PendingAnswers pending)
{
    private readonly HandoverQueue<Request> _requests = new(int.MaxValue);

    /// <summary>Puts a request in the row; its payload stays as it is until it is answered, or the link is gone.</summary>
    public void Add(LinkMessageType type, uint correlation, ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second) =>
        _requests.TryAdd(new Request(type, correlation, first, second));

    /// <summary>Lets <see cref="Run"/> end.</summary>
    public void Complete() => _requests.Complete();

    /// <summary>Writes until the link ends.</summary>
    public void Run()
    {
        try
        {
            while (_requests.TryTake(out Request request))
                connection.Write(request.Type, request.Correlation, request.First.Span, request.Second.Span);
        }
        catch (LinkException e)
        {
            pending.FailAll(e);
            _requests.Complete();
        }
    }

    private readonly record struct Request(
        LinkMessageType Type, uint Correlation, ReadOnlyMemory<byte> First, ReadOnlyMemory<byte> Second);
}
