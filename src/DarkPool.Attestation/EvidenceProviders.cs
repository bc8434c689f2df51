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
    /// <returns>The provider, or null if there is none of this name.</returns>
    public static IEvidenceProvider? TryCreate(string name, string stateDirectory, TimeProvider clock) => name switch
    {
        SimulatedProvider.ProviderName => new SimulatedProvider(stateDirectory, clock),
        TsmProvider.ProviderName => new TsmProvider(),
        DstackProvider.ProviderName => new DstackProvider(),
        RoflProvider.ProviderName => new RoflProvider(clock),
        _ => null,
    };
}
