namespace DarkPool.Attestation.Collaterals;

/// <summary>Several sources: each member comes from the first that has it.</summary>
public sealed class CombinedCollateral(params IReadOnlyList<ICollateralSource> sources) : ICollateralSource
{
    /// <inheritdoc/>
    public async ValueTask<Collateral> GetAsync(CollateralNeeds needs, CancellationToken cancellationToken)
    {
        var combined = new Collateral();
        foreach (var source in sources)
        {
            var next = await source.GetAsync(needs, cancellationToken);
            var known = CollateralFiles.Of(combined).Select(member => member.Name).ToHashSet();
            foreach (var (name, bytes) in CollateralFiles.Of(next).Where(member => !known.Contains(member.Name)))
                combined = CollateralFiles.TrySet(combined, name, bytes)!;
        }

        return combined;
    }
}
