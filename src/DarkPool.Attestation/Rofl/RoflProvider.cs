using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace DarkPool.Attestation.Rofl;

/// <summary>
/// Evidence and keys on Oasis ROFL. Evidence is signed by a key that the platform derives for attested instances of this application
/// only, and whose public half the application publishes in its registration on chain.
/// </summary>
public sealed class RoflProvider : IEvidenceProvider, IDisposable
{
    /// <summary>The name of this provider.</summary>
    public const string ProviderName = "rofl";

    /// <summary>Under which name the evidence key is published; on chain it is prefixed with <c>net.oasis.app.</c></summary>
    internal const string EvidenceKeyMetadata = "darkpool.evidence-key";

    private const string EvidenceKeyId = "darkpool/v1/evidence";
    private const string RootKeyPrefix = "darkpool/v1/root/";

    private readonly RoflAppd _appd;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _opening = new(1, 1);
    private Key? _evidenceKey;
    private string _appId = "";

    /// <summary>A daemon behind a socket.</summary>
    /// <param name="clock">Dates the statements.</param>
    /// <param name="socketPath">The daemon's socket.</param>
    public RoflProvider(TimeProvider clock, string socketPath = RoflAppd.DefaultSocketPath)
    {
        _clock = clock;
        _appd = new RoflAppd(socketPath);
    }

    private static ReadOnlySpan<byte> RootKeySalt => "darkpool/v1/rofl-root"u8;

    /// <inheritdoc/>
    public string Name => ProviderName;

    /// <inheritdoc/>
    public async ValueTask<Evidence> GetEvidenceAsync(ReadOnlyMemory<byte> reportData, CancellationToken cancellationToken)
    {
        Evidence.RequireReportData(reportData.Span);
        var key = await OpenEvidenceKeyAsync(cancellationToken);
        var microseconds = (_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        return new Evidence(Name, RoflStatement.Sign(key, microseconds, _appId, reportData.Span));
    }

    /// <inheritdoc/>
    public async ValueTask<byte[]> GetRootKeyAsync(string purpose, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose);
        var key = await _appd.GenerateKeyAsync(RootKeyPrefix + purpose, cancellationToken);
        try
        {
            var derived = new byte[key.Length];
            HKDF.DeriveKey(HashAlgorithmName.SHA256, key, derived, RootKeySalt, Encoding.UTF8.GetBytes(purpose));
            return derived;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>
    /// Has the platform sign a public contract call with a key of this application, send it, and wait for its result.
    /// </summary>
    /// <exception cref="IOException">The daemon failed; the call may or may not have been sent.</exception>
    public Task<RoflCallResult> SubmitAsync(RoflCall call, CancellationToken cancellationToken) =>
        _appd.SubmitAsync(call, encrypt: false, cancellationToken);

    /// <summary>Closes the connection to the daemon and wipes the evidence key.</summary>
    public void Dispose()
    {
        _evidenceKey?.Dispose();
        _opening.Dispose();
        _appd.Dispose();
    }

    /// <summary>The key, derived and published at the first call.</summary>
    private async Task<Key> OpenEvidenceKeyAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (_evidenceKey is not null) return _evidenceKey;
            _appId = await _appd.GetAppIdAsync(cancellationToken);
            var seed = await _appd.GenerateKeyAsync(EvidenceKeyId, cancellationToken);
            try
            {
                var key = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
                var publicKey = Convert.ToHexStringLower(key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
                await _appd.PublishMetadataAsync(new Dictionary<string, string> { [EvidenceKeyMetadata] = publicKey }, cancellationToken);
                return _evidenceKey = key;
            }
            finally
            {
                CryptographicOperations.ZeroMemory(seed);
            }
        }
        finally
        {
            _opening.Release();
        }
    }
}
