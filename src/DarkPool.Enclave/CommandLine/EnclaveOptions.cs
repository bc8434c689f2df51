using DarkPool.Protocol.Link;

namespace DarkPool.Enclave.CommandLine;

/// <summary>What the command line says.</summary>
internal sealed record EnclaveOptions
{
    public required LinkEndpoint Listen { get; init; }

    public required FileInfo Genesis { get; init; }

    public required DirectoryInfo State { get; init; }

    public required string Provider { get; init; }

    /// <summary>Where the provider's platform is; null: where it usually is.</summary>
    public required string? Platform { get; init; }

    /// <summary>dstack: the key of the key management service; null: any will do.</summary>
    public required byte[]? KmsRoot { get; init; }

    /// <summary>Whether the keys are made at the start and die with the process.</summary>
    public required bool EphemeralKeys { get; init; }

    /// <summary>The policy by which peers are judged; null: there are none.</summary>
    public required FileInfo? PeerPolicy { get; init; }

    /// <summary>Where peers may ask for the keys; null: nowhere.</summary>
    public required LinkEndpoint? PeerListen { get; init; }

    /// <summary>The peer whose keys to take; null: none.</summary>
    public required LinkEndpoint? Join { get; init; }

    /// <summary>Where collateral for peers' evidence comes from; none: the makers' services.</summary>
    public required IReadOnlyList<string> Collateral { get; init; }

    /// <summary>The enclave's own node; null only with <see cref="ReplayOnly"/>.</summary>
    public required Uri? Chain { get; init; }

    public required bool ReplayOnly { get; init; }

    public required int? Confirmations { get; init; }

    public required ulong DepositsFrom { get; init; }
}
