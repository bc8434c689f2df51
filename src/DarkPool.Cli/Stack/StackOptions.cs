using DarkPool.Attestation.Collaterals;
using DarkPool.Attestation.Policies;

namespace DarkPool.Cli.Stack;

/// <summary>What `up` is asked to start.</summary>
/// <param name="Folder">The data folder.</param>
/// <param name="Port">Port of the host on 127.0.0.1; 0: any free one; null: the standard one, or a free one if that is taken.</param>
/// <param name="Postgres">Connection string of a PostgreSQL to use instead of the private one.</param>
/// <param name="Chain">Address of a chain to use instead of the local one.</param>
internal sealed record StackOptions(DataFolder Folder, int? Port, string? Postgres, Uri? Chain)
{
    /// <summary>Who attests the enclave.</summary>
    public EnclavePlatform Platform { get; init; } = EnclavePlatform.Simulated;

    /// <summary>Whether the enclave's platform sends settlement batches, rather than an account of the host.</summary>
    public bool PublishesThroughEnclave { get; init; }

    /// <summary>By what the enclave is judged before it is registered.</summary>
    public EnclaveTrustChoice Trust { get; init; } = new(AttestationPolicy.Development, null);
}

/// <summary>By what an enclave is judged.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Collateral">Endorsements for its evidence; null: it needs none.</param>
internal sealed record EnclaveTrustChoice(AttestationPolicy Policy, ICollateralSource? Collateral);
