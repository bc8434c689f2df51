using System.Runtime.InteropServices;
using DarkPool.Attestation;
using DarkPool.Attestation.Policies;
using DarkPool.Enclave.CommandLine;
using DarkPool.Enclave.Deposits;
using DarkPool.Enclave.Keys;
using DarkPool.Enclave.Server;
using DarkPool.Protocol.Identity;

namespace DarkPool.Enclave;

/// <summary>The life of the process: keys from the platform, one host, the end.</summary>
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

        EnclaveKeys keys;
        Genesis genesis;
        IEvidenceProvider provider;
        AttestationPolicy? peerPolicy;
        try
        {
            genesis = Genesis.Parse(await File.ReadAllTextAsync(options.Genesis.FullName, stopping.Token));
            peerPolicy = options.PeerPolicy is { } file ? ReadPolicy(await File.ReadAllBytesAsync(file.FullName, stopping.Token)) : null;
            provider = EvidenceProviders.TryCreate(
                options.Provider, options.State.FullName, TimeProvider.System, options.Platform, options.KmsRoot)
                ?? throw new FormatException($"There is no evidence provider '{options.Provider}'.");
            keys = options.EphemeralKeys ? EnclaveKeys.Ephemeral() : await EnclaveKeys.FromPlatformAsync(provider, stopping.Token);
        }
        catch (NotSupportedException e)
        {
            log.Write($"cannot start: {e.Message} --ephemeral-keys starts without, and loses the venue's keys when the process ends.");
            return CannotStart;
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            log.Write($"cannot start: {e.Message}");
            return CannotStart;
        }

        using var owned = keys;
        using var chain = options.Chain is null
            ? null
            : new ChainView(options.Chain, genesis, TimeProvider.System, options.Confirmations, options.DepositsFrom);
        var context = new EnclaveContext
        {
            Genesis = genesis,
            Keys = keys,
            Provider = provider,
            Clock = TimeProvider.System,
            Log = log,
            Chain = chain,
            PeerPolicyHash = peerPolicy is null ? default : new Bytes32(peerPolicy.Hash.Span),
        };
        if (options.EphemeralKeys) log.Write("EPHEMERAL keys: what is sealed to this process cannot be opened after it");
        return await ServeAsync(context, options, stopping.Token);
    }

    private static AttestationPolicy ReadPolicy(byte[] json) => AttestationPolicy.TryParse(json, out var policy, out var error)
        ? policy
        : throw new FormatException($"The peer policy is none: {error}");

    private static async Task<int> ServeAsync(EnclaveContext context, EnclaveOptions options, CancellationToken cancellationToken)
    {
        if (context.Provider.Name == Attestation.Simulated.SimulatedProvider.ProviderName)
            context.Log.Write("SIMULATED platform: nothing here is confidential from the owner of this machine");
        context.Log.Write($"venue {context.Genesis.VenueId}, signing key {context.Keys.SigningPublicKey}, {context.Keys.EvmKey.Address}");
        try
        {
            var refusal = await LinkServer.RunAsync(context, options.Listen, cancellationToken);
            if (refusal is null)
            {
                context.Log.Write(cancellationToken.IsCancellationRequested ? "ended: told to stop" : "ended: the host has gone");
                return Ended;
            }

            context.Log.Write($"refused ({refusal.Code}): {refusal.Message}");
            return Refused;
        }
        catch (System.Net.Sockets.SocketException e)
        {
            context.Log.Write($"cannot listen on {options.Listen.Text}: {e.Message}");
            return CannotStart;
        }
    }
}
