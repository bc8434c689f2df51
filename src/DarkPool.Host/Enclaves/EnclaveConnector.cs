using System.Net.Sockets;
using DarkPool.Host.Hosting;
using DarkPool.Protocol.Link;

namespace DarkPool.Host.Enclaves;

/// <summary>Connects to the enclave: with patience at the start, and for as long as it takes after it was live once.</summary>
internal sealed class EnclaveConnector(HostSettings settings, TimeProvider time)
{
    private readonly LinkEndpoint _endpoint = Parse(settings.Enclave);

    /// <summary>The first connection.</summary>
    /// <exception cref="HostFailure">Nobody listens within the patience of the settings.</exception>
    internal async Task<EnclaveLink> ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await EnclaveLink.ConnectAsync(_endpoint, settings.EnclaveWait, time, cancellationToken);
        }
        catch (SocketException e)
        {
            throw new HostFailure(ExitCode.EnclaveRefused, $"the enclave at {_endpoint.Text} cannot be reached: {e.Message}", e);
        }
    }

    /// <summary>A later connection: the enclave's supervisor is starting it again.</summary>
    internal Task<EnclaveLink> ReconnectAsync(CancellationToken cancellationToken) =>
        EnclaveLink.ConnectAsync(_endpoint, TimeSpan.MaxValue, time, cancellationToken);

    private static LinkEndpoint Parse(string text)
    {
        try
        {
            return LinkEndpoint.Parse(text);
        }
        catch (FormatException e)
        {
            throw new HostFailure(ExitCode.Misconfigured, $"--enclave: {e.Message}", e);
        }
    }
}
