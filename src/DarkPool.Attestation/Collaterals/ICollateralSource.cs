namespace DarkPool.Attestation.Collaterals;

/// <summary>
/// Where collateral comes from. A source need not be trusted, except for ROFL registrations: the rest is signed by its maker.
/// </summary>
public interface ICollateralSource
{
    /// <summary>The collateral for what is needed; members that the source does not have stay null.</summary>
    /// <exception cref="IOException">The source is unreachable or answers something else than collateral.</exception>
    public ValueTask<Collateral> GetAsync(CollateralNeeds needs, CancellationToken cancellationToken);
}
