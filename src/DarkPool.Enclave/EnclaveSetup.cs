using DarkPool.Attestation;
using DarkPool.Attestation.Collaterals;
using DarkPool.Attestation.Peers;
using DarkPool.Attestation.Policies;
using DarkPool.Enclave.CommandLine;
using DarkPool.Enclave.Deposits;
using DarkPool.Enclave.Keys;
using DarkPool.Enclave.Peers;
using DarkPool.Enclave.Server;
using DarkPool.Protocol.Identity;

namespace DarkPool.Enclave;

/// <summary>What the command line names, opened: the venue, the platform, its keys, the peers.</summary>
internal sealed class EnclaveSetup : IDisposable
{
    private readonly List<IDisposable> _owned = [];

    private EnclaveSetup(EnclaveContext context, PeerContext? peers, IEnumerable<IDisposable?> owned)
    {
        Context = context;
        Peers = peers;
        _owned.AddRange(owned.OfType<IDisposable>());
    }

    public EnclaveContext Context { get; }

    /// <summary>By what peers are judged; null: there are none.</summary>
    public PeerContext? Peers { get; }

    /// <exception cref="NotSupportedException">The platform keeps no key.</exception>
    /// <exception cref="PeerException">There is no joining that peer.</exception>
    /// <exception cref="FormatException">A file or an option does not say what it should.</exception>
    /// <exception cref="IOException">A file cannot be read, or the platform failed.</exception>
    public static async Task<EnclaveSetup> OpenAsync(EnclaveOptions options, EnclaveLog log, CancellationToken cancellationToken)
    {
        var clock = TimeProvider.System;
        var genesis = Genesis.Parse(await File.ReadAllTextAsync(options.Genesis.FullName, cancellationToken));
        var policy = options.PeerPolicy is { } file ? ReadPolicy(await File.ReadAllBytesAsync(file.FullName, cancellationToken)) : null;
        var provider = EvidenceProviders.TryCreate(options.Provider, options.State.FullName, clock, options.Platform, options.KmsRoot)
            ?? throw new FormatException($"There is no evidence provider '{options.Provider}'.");
        var collateral = policy is null ? null : OpenCollateral(options, clock);
        var peers = policy is null ? null : new PeerContext
        {
            VenueId = genesis.VenueId.ToArray(),
            Provider = provider,
            Policy = policy,
            Clock = clock,
            Collateral = collateral,
        };
        var policyHash = policy is null ? default : new Bytes32(policy.Hash.Span);
        var source = new KeySource(provider, options.State.FullName, genesis, policyHash, log, clock);
        var keys = await OpenKeysAsync(options, source, peers, cancellationToken);
        if (options.EphemeralKeys) log.Write("EPHEMERAL keys: what is sealed to this process cannot be opened after it");
        var chain = options.Chain is { } node
            ? new ChainView(node, genesis, clock, options.Confirmations, options.DepositsFrom)
            : null;
        var context = new EnclaveContext
        {
            Genesis = genesis,
            Keys = keys,
            Provider = provider,
            Clock = clock,
            Log = log,
            Chain = chain,
            PeerPolicyHash = policyHash,
        };
        return new EnclaveSetup(context, peers, [keys, chain, collateral]);
    }

    public void Dispose()
    {
        foreach (var part in _owned) part.Dispose();
    }

    private static AttestationPolicy ReadPolicy(byte[] json) => AttestationPolicy.TryParse(json, out var policy, out var error)
        ? policy
        : throw new FormatException($"The peer policy is none: {error}");

    private static CollateralPlaces OpenCollateral(EnclaveOptions options, TimeProvider clock) => CollateralPlaces.Open(
        new CollateralArguments(options.Collateral, Path.Combine(options.State.FullName, "collateral"), Offline: false), clock);

    private static async Task<EnclaveKeys> OpenKeysAsync(
        EnclaveOptions options, KeySource source, PeerContext? peers, CancellationToken cancellationToken)
    {
        if (options.EphemeralKeys) return EnclaveKeys.Ephemeral();
        return options.Join is { } peer
            ? await source.OfPeerAsync(peer, peers!, cancellationToken)
            : await source.OfPlatformAsync(cancellationToken);
    }
}
