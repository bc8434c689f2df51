using System.Net.Sockets;
using System.Runtime.InteropServices;
using DarkPool.Attestation.Simulated;
using DarkPool.Enclave.CommandLine;
using DarkPool.Enclave.Peers;
using DarkPool.Enclave.Server;

namespace DarkPool.Enclave;

/// <summary>The life of the process: keys from the platform or a peer, one host, the end.</summary>
internal static class EnclaveProcess
{
    public const int Ended = 0;
    public const int Refused = 1;
    public const int CannotStart = 2;

    public static async Task<int> RunAsync(EnclaveOptions options, CancellationToken cancellationToken)
    {
        var log = new EnclaveLog(Console.Error, TimeProvider.System);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            stopping.Cancel();
        });

        EnclaveSetup setup;
        try
        {
            setup = await EnclaveSetup.OpenAsync(options, log, stopping.Token);
        }
        catch (NotSupportedException e)
        {
            log.Write($"cannot start: {e.Message} --join takes the keys of a running enclave; "
                + "--ephemeral-keys starts with new ones, and loses them when the process ends.");
            return CannotStart;
        }
        catch (PeerException e)
        {
            log.Write($"cannot join: {e.Message}");
            return e.Refused ? Refused : CannotStart;
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            log.Write($"cannot start: {e.Message}");
            return CannotStart;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            log.Write("ended: told to stop");
            return Ended;
        }

        using (setup) return await ServeAsync(setup, options, stopping.Token);
    }

    private static async Task<int> ServeAsync(EnclaveSetup setup, EnclaveOptions options, CancellationToken cancellationToken)
    {
        var context = setup.Context;
        if (context.Provider.Name == SimulatedProvider.ProviderName)
            context.Log.Write("SIMULATED platform: nothing here is confidential from the owner of this machine");
        context.Log.Write($"venue {context.Genesis.VenueId}, signing key {context.Keys.SigningPublicKey}, {context.Keys.EvmKey.Address}");
        var address = options.PeerListen;
        try
        {
            await using var peers = address is null ? null : PeerServer.Start(address, setup.Peers!, context);
            address = options.Listen;
            var refusal = await LinkServer.RunAsync(context, address, cancellationToken);
            if (refusal is null)
            {
                context.Log.Write(cancellationToken.IsCancellationRequested ? "ended: told to stop" : "ended: the host has gone");
                return Ended;
            }

            context.Log.Write($"refused ({refusal.Code}): {refusal.Message}");
            return Refused;
        }
        catch (SocketException e)
        {
            context.Log.Write($"cannot listen on {address!.Text}: {e.Message}");
            return CannotStart;
        }
    }
}
