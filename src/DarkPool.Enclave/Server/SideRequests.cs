using System.Buffers;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Link;

namespace DarkPool.Enclave.Server;

/// <summary>Requests that the platform answers and that may take it a while: blocks go on meanwhile.</summary>
/// <param name="context">The enclave.</param>
/// <param name="connection">To the host.</param>
/// <param name="desk">What the evidence is about.</param>
/// <param name="fail">Ends the connection because of a fault.</param>
internal sealed class SideRequests(EnclaveContext context, LinkConnection connection, RequestDesk desk, Func<Exception, Task> fail)
{
    /// <summary>Claims and evidence over a nonce.</summary>
    public Task IdentifyAsync(LinkFrame frame, CancellationToken cancellationToken) => AnswerAsync(
        frame, LinkMessageType.Identity,
        async payload =>
        {
            if (payload.Length != Bytes32.Size) throw new LinkException(LinkErrorCode.MalformedMessage, "A nonce has 32 bytes.");
            var answer = await Identification.AnswerAsync(context, desk, new Bytes32(payload.Span), cancellationToken);
            return answer.Write;
        },
        cancellationToken);

    /// <summary>Settlement batches for the registry.</summary>
    public Task PublishAsync(LinkFrame frame, CancellationToken cancellationToken) => AnswerAsync(
        frame, LinkMessageType.Published,
        async payload =>
        {
            var answer = await BatchPublication.AnswerAsync(context, payload, cancellationToken);
            return answer.Write;
        },
        cancellationToken);

    private async Task AnswerAsync(
        LinkFrame frame,
        LinkMessageType type,
        Func<ReadOnlyMemory<byte>, Task<Action<IBufferWriter<byte>>>> answer,
        CancellationToken cancellationToken)
    {
        using (frame)
        {
            try
            {
                var write = await answer(frame.Payload);
                var payload = new ArrayBufferWriter<byte>();
                write(payload);
                await connection.WriteAsync(type, frame.Correlation, payload.WrittenMemory, cancellationToken);
            }
            catch (Exception e) when (e is OperationCanceledException or LinkException { Code: LinkErrorCode.Disconnected })
            {
                // the host has gone, or the process ends
            }
            catch (Exception e)
            {
                await fail(e);
            }
        }
    }
}
