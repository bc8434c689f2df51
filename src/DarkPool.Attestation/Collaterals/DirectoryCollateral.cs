namespace DarkPool.Attestation.Collaterals;

/// <summary>
/// Collateral from a folder: from its subfolder named by <see cref="CollateralNeeds.Key"/> if there is one, else from the folder itself.
/// Files: <c>tcb_info.json</c>, <c>qe_identity.json</c>, <c>tcb_signing_chain.pem</c>, <c>root_ca_crl.der</c>, <c>pck_crl.der</c>;
/// <c>ek.der</c>, <c>ask.pem</c>, <c>ark.pem</c>, <c>ark_crl.der</c>; <c>rofl_instances.cbor</c>.
/// </summary>
public sealed class DirectoryCollateral(string folder) : ICollateralSource
{
    /// <inheritdoc/>
    public ValueTask<Collateral> GetAsync(CollateralNeeds needs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var own = Path.Combine(folder, needs.Key);
        return ValueTask.FromResult(CollateralFiles.Read(Directory.Exists(own) ? own : folder));
    }
}
