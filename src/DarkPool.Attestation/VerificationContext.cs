using DarkPool.Attestation.Policies;

namespace DarkPool.Attestation;

/// <summary>One verification: what it is held against, and what it has found.</summary>
internal sealed class VerificationContext(AttestationPolicy policy, Collateral collateral, DateTimeOffset now)
{
    public AttestationPolicy Policy { get; } = policy;

    public Collateral Collateral { get; } = collateral;

    /// <summary>The instant at which everything is judged.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>What was checked, and the refusal if there was one.</summary>
    public Findings Findings { get; } = new();

    /// <summary>When all that was used is valid.</summary>
    public ValidityWindow Window { get; } = new();
}
