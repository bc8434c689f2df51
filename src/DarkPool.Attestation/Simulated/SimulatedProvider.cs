using System.Security.Cryptography;
using System.Text;

namespace DarkPool.Attestation.Simulated;

/// <summary>
/// Evidence for development: signed by the published <see cref="DevelopmentRoot"/>, so it proves nothing and every policy that does
/// not name that root refuses it.
/// </summary>
public sealed class SimulatedProvider : IEvidenceProvider
{
    /// <summary>The name of this provider.</summary>
    public const string ProviderName = "simulated";

    private readonly string _stateDirectory;
    private readonly string _programDirectory;
    private readonly TimeProvider _clock;
    private byte[]? _measurement;

    /// <summary>A simulated platform.</summary>
    /// <param name="stateDirectory">Where its root key file lives; created if missing.</param>
    /// <param name="clock">Dates the statements.</param>
    /// <param name="programDirectory">The folder with the program to measure; null: that of the running program.</param>
    public SimulatedProvider(string stateDirectory, TimeProvider clock, string? programDirectory = null)
    {
        _stateDirectory = stateDirectory;
        _clock = clock;
        _programDirectory = programDirectory ?? AppContext.BaseDirectory;
    }

    private static ReadOnlySpan<byte> RootKeySalt => "darkpool/v1/simulated-root"u8;

    /// <inheritdoc/>
    public string Name => ProviderName;

    /// <inheritdoc/>
    public ValueTask<Evidence> GetEvidenceAsync(ReadOnlyMemory<byte> reportData, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Evidence.RequireReportData(reportData.Span);
        _measurement ??= ProgramMeasurement.Compute(_programDirectory);

        using var root = DevelopmentRoot.Import();
        var microseconds = (_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        return ValueTask.FromResult(new Evidence(Name, SimulatedStatement.Sign(root, microseconds, _measurement, reportData.Span)));
    }

    /// <inheritdoc/>
    public ValueTask<byte[]> GetRootKeyAsync(string purpose, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentException.ThrowIfNullOrEmpty(purpose);
        var root = PlatformRootFile.ReadOrCreate(_stateDirectory);
        try
        {
            var key = new byte[PlatformRootFile.KeyLength];
            HKDF.DeriveKey(HashAlgorithmName.SHA256, root, key, RootKeySalt, Encoding.UTF8.GetBytes(purpose));
            return ValueTask.FromResult(key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(root);
        }
    }
}
