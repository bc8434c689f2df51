using DarkPool.Attestation.Dstack;
using DarkPool.Attestation.Rofl;
using DarkPool.Attestation.Simulated;
using DarkPool.Attestation.Tsm;

namespace DarkPool.Attestation;

/// <summary>Makes the provider that a command line or a configuration names.</summary>
public static class EvidenceProviders
{
    /// <summary>The names of <see cref="TryCreate"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = 
        [SimulatedProvider.ProviderName, TsmProvider.ProviderName, DstackProvider.ProviderName, RoflProvider.ProviderName];

    /// <summary>Makes the provider of a name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="stateDirectory">A folder for what the provider must keep; only the simulated one needs it.</param>
    /// <param name="clock">The time.</param>
    /// <param name="platform">
    /// Where the platform is: the agent's socket (dstack, rofl) or the folder of reports (tsm); null: where the platform puts it. The
    /// simulated one has none.
    /// </param>
    /// <param name="kmsRoot">dstack: the compressed key of the key management service, 33 bytes; null: any service will do.</param>
    /// <returns>The provider, or null if there is none of this name.</returns>
    public static IEvidenceProvider? TryCreate(
        string name, string stateDirectory, TimeProvider clock, string? platform = null, byte[]? kmsRoot = null) => name switch
    {
        SimulatedProvider.ProviderName => new SimulatedProvider(stateDirectory, clock),
        TsmProvider.ProviderName => platform is null ? new TsmProvider() : new TsmProvider(platform),
        DstackProvider.ProviderName => new DstackProvider(platform, kmsRoot),
        RoflProvider.ProviderName => platform is null ? new RoflProvider(clock) : new RoflProvider(clock, platform),
        _ => null,
    };
}
