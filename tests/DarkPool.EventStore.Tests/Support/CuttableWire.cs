using System.Net.Sockets;
using DarkPool.Local.Files;
using Npgsql;

namespace DarkPool.EventStore.Tests.Support;

/// <summary>
/// A Unix socket in front of the server's that can be cut at the two places that matter: before the server has got a whole request, and
/// after it has done what was asked but before its answer is through.
/// </summary>
public sealed class CuttableWire : IAsyncDisposable
{
    private const string SocketName = ".s.PGSQL.5432";
    private readonly TemporaryFolder _folder = TemporaryFolder.Create("wire");
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _stop = new();
    private readonly UnixDomainSocketEndPoint _server;
    private readonly Task _accepting;
    private int _requestBytesLeft = int.MaxValue;
    private volatile bool _answersPass = true;

    public CuttableWire(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        _server = new UnixDomainSocketEndPoint(Path.Combine(settings.Host!, SocketName));
        settings.Host = _folder.FullPath;
        ConnectionString = settings.ConnectionString;
        _listener.Bind(new UnixDomainSocketEndPoint(_folder.Sub(SocketName)));
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    /// <summary>Leads to the same database through this wire.</summary>
    public string ConnectionString { get; }

    /// <summary>How often the wire was cut.</summary>
    public int Cuts { get; private set; }

    /// <summary>The next answer does not come through, and the connection with it.</summary>
    public void CutBeforeNextAnswer() => _answersPass = false;

    /// <summary>Only so many of the next request bytes come through, and the connection ends.</summary>
    public void CutRequestAfter(int bytes) => _requestBytesLeft = bytes;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
        _folder.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true) connections.Add(CarryAsync(await _listener.AcceptAsync(_stop.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task CarryAsync(Socket client)
    {
        using var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using (client)
        {
            try
            {
                await server.ConnectAsync(_server, _stop.Token);
                await Task.WhenAny(PumpAsync(client, server, MayPassRequest), PumpAsync(server, client, MayPassAnswer));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                // The server is down, or the test is over: the client sees a closed connection.
            }
        }
    }

    private async Task PumpAsync(Socket from, Socket to, Func<int, int> mayPass)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _stop.Token) is > 0 and var received)
            {
                var passing = mayPass(received);
                await to.SendAsync(buffer.AsMemory(0, passing), _stop.Token);
                if (passing == received) continue;
                Cuts++;
                return;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // One side is gone; the other follows.
        }
    }

    private int MayPassRequest(int received)
    {
        if (_requestBytesLeft == int.MaxValue) return received;
        if (received <= _requestBytesLeft)
        {
            _requestBytesLeft -= received;
            return received;
        }

        var passing = _requestBytesLeft;
        _requestBytesLeft = int.MaxValue;
        return passing;
    }

    private int MayPassAnswer(int received)
    {
        if (_answersPass) return received;
        _answersPass = true;
        return 0;
    }
}
