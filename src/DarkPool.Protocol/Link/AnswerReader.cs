using System.Threading.Channels;

namespace DarkPool.Protocol.Link;

/// <summary>Reads what the enclave sends and brings each frame to whoever waits for it.</summary>
internal sealed class AnswerReader(LinkConnection connection, PendingAnswers pending)
{
    private readonly Channel<ReadOnlyMemory<byte>> _deposits = Channel.CreateBounded<ReadOnlyMemory<byte>>(
        new BoundedChannelOptions(LinkLimits.MaxOffersUnread) { SingleWriter = true });

    public ChannelReader<ReadOnlyMemory<byte>> DepositsOffered => _deposits.Reader;

    /// <summary>Reads until the link ends; fails everything that waits then.</summary>
    public async Task RunAsync()
    {
        LinkException reason;
        try
        {
            while (await connection.ReadAsync() is { } frame)
            {
                if (!Dispatch(frame)) break;
            }

            reason = new LinkException(LinkErrorCode.Disconnected, "The enclave closed the link.");
        }
        catch (LinkException e)
        {
            reason = e;
        }

        pending.FailAll(reason);
        _deposits.Writer.TryComplete();
        await connection.DisposeAsync();
    }

    /// <summary>False: the enclave said why it ends, nothing more comes.</summary>
    private bool Dispatch(LinkFrame frame)
    {
        switch (frame.Type)
        {
            case LinkMessageType.Error:
                using (frame)
                {
                    LinkErrorMessage error = LinkErrorMessage.Read(frame.Payload.Span);
                    throw new LinkException(error.Code, error.Text);
                }

            case LinkMessageType.DepositOffered:
                using (frame)
                {
                    if (_deposits.Writer.TryWrite(frame.Payload.ToArray())) return true;
                    throw new LinkException(LinkErrorCode.MalformedMessage,
                        "The enclave offers more deposits than the host may leave unread.");
                }

            case LinkMessageType.SnapshotPart:
                using (frame)
                {
                    pending.AddPart(frame.Correlation, frame.Payload.Span);
                    return true;
                }

            default:
                pending.Complete(frame);
                return true;
        }
    }
}
