using DarkPool.Attestation.Simulated;

namespace DarkPool.Cli.Stack;

/// <summary>Who attests the enclave of a stack and keeps its keys.</summary>
/// <param name="Provider">Name of the evidence provider.</param>
/// <param name="Path">Its socket or folder; null: where the platform puts it.</param>
/// <param name="EphemeralKeys">The enclave makes keys that die with it.</param>
internal sealed record EnclavePlatform(string Provider, string? Path, bool EphemeralKeys)
{
    /// <summary>The policy by which it judges other enclaves; null: it has no peers. Its keys depend on it.</summary>
    public FileInfo? PeerPolicy { get; init; }

    /// <summary>Where other enclaves may ask for its keys; null: nowhere.</summary>
    public string? PeerListen { get; init; }

    /// <summary>The enclave whose keys it takes; null: it has its own.</summary>
    public string? Join { get; init; }

    /// <summary>The platform for development.</summary>
    public static EnclavePlatform Simulated { get; } = new(SimulatedProvider.ProviderName, null, false);

    /// <summary>The enclave's arguments that say so.</summary>
    public IReadOnlyList<string> Arguments =>
    [
        "--provider", Provider,
        .. Given("--platform", Path),
        .. EphemeralKeys ? ["--ephemeral-keys"] : Array.Empty<string>(),
        .. Given("--peer-policy", PeerPolicy?.FullName),
        .. Given("--peer-listen", PeerListen),
        .. Given("--join", Join),
    ];

    private static string[] Given(string option, string? value) => value is null ? [] : [option, value];
}
