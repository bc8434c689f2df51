using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DarkPool.Protocol.Link;

/// <summary>Where an enclave listens: <c>unix:/path/to/socket</c> or <c>tcp:address:port</c>.</summary>
public sealed class LinkEndpoint
{
    private const string UnixPrefix = "unix:";
    private const string TcpPrefix = "tcp:";

    /// <summary>Only one host may wait: the enclave serves one connection and then ends.</summary>
    private const int ListenBacklog = 1;

    private readonly EndPoint _address;

    private LinkEndpoint(EndPoint address, string text, string? socketPath)
    {
        _address = address;
        Text = text;
        SocketPath = socketPath;
    }

    /// <summary>The text form that <see cref="Parse"/> reads.</summary>
    public string Text { get; }

    /// <summary>Path of the Unix socket; null for TCP.</summary>
    public string? SocketPath { get; }

    /// <summary>Reads <c>unix:/path</c> or <c>tcp:address:port</c> (address: an IP literal or <c>localhost</c>).</summary>
    /// <exception cref="FormatException">The text is neither.</exception>
    public static LinkEndpoint Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.StartsWith(UnixPrefix, StringComparison.Ordinal) && text.Length > UnixPrefix.Length)
        {
            string path = text[UnixPrefix.Length..];
            return new LinkEndpoint(new UnixDomainSocketEndPoint(path), text, path);
        }

        if (text.StartsWith(TcpPrefix, StringComparison.Ordinal))
        {
            int colon = text.LastIndexOf(':');
            string host = colon > TcpPrefix.Length ? text[TcpPrefix.Length..colon].Trim('[', ']') : "";
            bool portRead = ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port);
            if (portRead && host == "localhost") return new LinkEndpoint(new IPEndPoint(IPAddress.Loopback, port), text, null);
            if (portRead && IPAddress.TryParse(host, out IPAddress? address))
                return new LinkEndpoint(new IPEndPoint(address, port), text, null);
            if (portRead && host.Length > 0) return new LinkEndpoint(new DnsEndPoint(host, port), text, null);
        }

        throw new FormatException($"An endpoint is unix:/path or tcp:host:port, not '{text}'.");
    }

    /// <summary>Connects.</summary>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    public async ValueTask<Socket> ConnectAsync(CancellationToken cancellationToken = default)
    {
        Socket socket = NewSocket();
        try
        {
            await socket.ConnectAsync(_address, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Binds and listens; a stale Unix socket file of an earlier process is replaced.</summary>
    /// <exception cref="SocketException">The address is taken or not ours.</exception>
    public Socket Listen()
    {
        if (SocketPath is not null && File.Exists(SocketPath)) File.Delete(SocketPath);
        Socket socket = NewSocket();
        try
        {
            socket.Bind(_address is DnsEndPoint name ? new IPEndPoint(Dns.GetHostAddresses(name.Host)[0], name.Port) : _address);
            socket.Listen(ListenBacklog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private Socket NewSocket()
    {
        if (SocketPath is not null) return new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        Socket socket = _address is IPEndPoint ip
            ? new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
            : new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.NoDelay = true;
        return socket;
    }
}
