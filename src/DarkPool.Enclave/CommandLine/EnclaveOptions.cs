using DarkPool.Protocol.Link;

namespace DarkPool.Enclave.CommandLine;

/// <summary>What the command line says.</summary>
internal sealed record EnclaveOptions
{
    public required LinkEndpoint Listen { get; init; }

    public required FileInfo Genesis { get; init; }

    public required DirectoryInfo State { get; init; }

    public required string Provider { get; init; }

    /// <summary>The enclave's own node; null only with <see cref="ReplayOnly"/>.</summary>
    public required Uri? Chain { get; init; }

    public required bool ReplayOnly { get; init; }

    public required int? Confirmations { get; init; }

    public required ulong DepositsFrom { get; init; }
}
