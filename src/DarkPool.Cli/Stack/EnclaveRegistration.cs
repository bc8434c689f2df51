using DarkPool.Client;

namespace DarkPool.Cli.Stack;

/// <summary>The registry accepts the batches of an enclave whose evidence we have verified, and of no other.</summary>
internal static class EnclaveRegistration
{
    /// <summary>Verifies the venue's enclave and registers it if it is not.</summary>
    /// <param name="deployment">The venue's contracts.</param>
    /// <param name="venue">Address of the host.</param>
    /// <param name="trust">By what it is judged.</param>
    /// <param name="status">Takes lines for the user.</param>
    /// <param name="time">Clock of the waits.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="DarkPoolException">The evidence is refused.</exception>
    public static async Task EnsureAsync(
        Deployment deployment, Uri venue, EnclaveTrustChoice trust, Action<string> status, TimeProvider time,
        CancellationToken cancellation)
    {
        var options = new DarkPoolClientOptions { Venue = venue, Policy = trust.Policy, Collateral = trust.Collateral, Time = time };
        await using DarkPoolClient client = await DarkPoolClient.ConnectAsync(options, cancellation);
        if (await deployment.RegisterAsync(client.Enclave.Identity.EvmAddress, cancellation))
            status($"registered the enclave {client.Enclave.Identity.EvmAddress}");
    }
}
