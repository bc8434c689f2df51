using DarkPool.Attestation.Simulated;

namespace DarkPool.Cli.Stack;

/// <summary>Who attests the enclave of a stack and keeps its keys.</summary>
/// <param name="Provider">Name of the evidence provider.</param>
/// <param name="Path">Its socket or folder; null: where the platform puts it.</param>
/// <param name="EphemeralKeys">The enclave makes keys that die with it.</param>
internal sealed record EnclavePlatform(string Provider, string? Path, bool EphemeralKeys)
{
    /// <summary>The platform for development.</summary>
    public static EnclavePlatform Simulated { get; } = new(SimulatedProvider.ProviderName, null, false);

    /// <summary>The enclave's arguments that say so.</summary>
    public IReadOnlyList<string> Arguments =>
    [
        "--provider", Provider,
        .. Path is null ? Array.Empty<string>() : ["--platform", Path],
        .. EphemeralKeys ? ["--ephemeral-keys"] : Array.Empty<string>(),
    ];
}
