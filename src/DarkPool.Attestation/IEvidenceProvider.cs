namespace DarkPool.Attestation;

/// <summary>
/// The platform an enclave runs on, as the enclave sees it: it attests 64 bytes of the enclave's choice, and keeps a root key that
/// survives a restart of the enclave.
/// </summary>
public interface IEvidenceProvider
{
    /// <summary>The name a policy allows or refuses: <c>simulated</c>, <c>tsm</c>, <c>dstack</c> or <c>rofl</c>.</summary>
    public string Name { get; }

    /// <summary>Evidence that binds <paramref name="reportData"/> to the running program.</summary>
    /// <param name="reportData">Exactly <see cref="Evidence.ReportDataLength"/> bytes.</param>
    /// <param name="cancellationToken">Ends the exchange with the platform.</param>
    /// <exception cref="ArgumentException">The report data has another length.</exception>
    /// <exception cref="IOException">The platform is unreachable or answers something else than evidence.</exception>
    public ValueTask<Evidence> GetEvidenceAsync(ReadOnlyMemory<byte> reportData, CancellationToken cancellationToken);

    /// <summary>
    /// A 32-byte key for <paramref name="purpose"/>: the same one after every restart, unrelated to the keys of other purposes.
    /// The caller zeroes it when done.
    /// </summary>
    /// <param name="purpose">A path that names the use, for example <c>darkpool/v1/snapshot</c>.</param>
    /// <param name="cancellationToken">Ends the exchange with the platform.</param>
    /// <exception cref="NotSupportedException">The platform keeps no key for its guests.</exception>
    /// <exception cref="IOException">The platform is unreachable or answers something else than a key.</exception>
    public ValueTask<byte[]> GetRootKeyAsync(string purpose, CancellationToken cancellationToken);
}
