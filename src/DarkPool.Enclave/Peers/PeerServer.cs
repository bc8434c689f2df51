using System.Net.Sockets;
using DarkPool.Attestation.Peers;
using DarkPool.Enclave.Server;
using DarkPool.Protocol.Link;

namespace DarkPool.Enclave.Peers;

/// <summary>
/// Hands the venue's keys to enclaves that the peer policy accepts, one after another: evidence costs the platform time, and nobody needs
/// two at once. Whatever a peer does ends its own exchange only.
/// </summary>
internal sealed class PeerServer : IAsyncDisposable
{
    private readonly LinkEndpoint _endpoint;
    private readonly PeerContext _peers;
    private readonly EnclaveContext _context;
    private readonly Socket _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _serving;

    private PeerServer(LinkEndpoint endpoint, PeerContext peers, EnclaveContext context)
    {
        _endpoint = endpoint;
        _peers = peers;
        _context = context;
        _listener = endpoint.Listen();
        context.Log.Write($"listening for peers on {endpoint.Text}");
        _serving = RunAsync(_stopping.Token);
    }

    /// <summary>Listens and serves until disposed.</summary>
    /// <exception cref="SocketException">The address is taken or not ours.</exception>
    public static PeerServer Start(LinkEndpoint endpoint, PeerContext peers, EnclaveContext context) => new(endpoint, peers, context);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _serving;
        _listener.Dispose();
        _stopping.Dispose();
        if (_endpoint.SocketPath is { } path) File.Delete(path);
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                using var connection = new PeerConnection(await _listener.AcceptAsync(cancellationToken));
                await ServeAsync(connection, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (SocketException e)
            {
                _context.Log.Write($"a peer did not get through: {e.Message}");
            }
        }
    }

    private async Task ServeAsync(PeerConnection connection, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(KeyHandover.TimeLimit, _context.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var facts = await KeyHandover.GiveAsync(connection, _peers, _context.Keys, either.Token);
            var measurements = string.Join(", ", facts.Measurements.Select(measurement => $"{measurement.Key} {measurement.Value}"));
            _context.Log.Write($"handed the venue's keys to a peer: {facts.Kind}, {measurements}");
        }
        catch (Exception e) when (e is PeerException or IOException)
        {
            _context.Log.Write($"no keys handed over: {e.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            _context.Log.Write("no keys handed over: the peer took too long");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The text of an unforeseen exception could quote what it met; its type and place cannot.
            _context.Log.Write($"no keys handed over: defect: {e.GetType().Name}{Environment.NewLine}{e.StackTrace}");
        }
    }
}
