using System.Buffers;
using System.Net.Sockets;
using DarkPool.Protocol.Link;

namespace DarkPool.Enclave.Server;

/// <summary>Listens for the one host. A second connection is told so and closed; when the host goes, the enclave ends.</summary>
internal static class LinkServer
{
    /// <summary>Serves one host from its connection to its end.</summary>
    /// <returns>Why the enclave refused to go on; null if the host went or the process was told to end.</returns>
    public static async Task<LinkException?> RunAsync(EnclaveContext context, LinkEndpoint endpoint, CancellationToken cancellationToken)
    {
        using var listener = endpoint.Listen();
        context.Log.Write($"listening on {endpoint.Text}");
        try
        {
            var host = await listener.AcceptAsync(cancellationToken);
            context.Log.Write("a host is connected");
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var refusing = RefuseOthersAsync(context, listener, ended.Token);
            using var connection = new HostConnection(context, new LinkConnection(host));
            var refusal = await connection.RunAsync(cancellationToken);
            await ended.CancelAsync();
            await refusing;
            return refusal;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        finally
        {
            if (endpoint.SocketPath is not null) File.Delete(endpoint.SocketPath);
        }
    }

    private static async Task RefuseOthersAsync(EnclaveContext context, Socket listener, CancellationToken cancellationToken)
    {
        var payload = new ArrayBufferWriter<byte>();
        new LinkErrorMessage(LinkErrorCode.AlreadyConnected, "The enclave serves another host.").Write(payload);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await using var other = new LinkConnection(await listener.AcceptAsync(cancellationToken));
                context.Log.Write("a second host was refused");
                await other.WriteAsync(LinkMessageType.Error, 0, payload.WrittenMemory, cancellationToken);
            }
            catch (Exception e) when (e is LinkException or SocketException)
            {
                // it went before it was told
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
