using System.Net;
using System.Net.Sockets;
using DarkPool.Protocol.Link;

namespace DarkPool.Protocol.Tests.Link;

/// <summary>A client and the connection of its peer, over a real socket.</summary>
internal sealed class LinkPair : IAsyncDisposable
{
    public required EnclaveLink Link { get; init; }

    public required LinkConnection Enclave { get; init; }

    public static async Task<LinkPair> OpenAsync()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        var endpoint = LinkEndpoint.Parse($"tcp:127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}");
        Task<Socket> accepting = listener.AcceptAsync();
        EnclaveLink link = await EnclaveLink.ConnectAsync(endpoint);
        return new LinkPair { Link = link, Enclave = new LinkConnection(await accepting) };
    }

    public async ValueTask DisposeAsync()
    {
        await Link.DisposeAsync();
        await Enclave.DisposeAsync();
    }
}
