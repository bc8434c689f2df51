using System.Security.Cryptography;
using System.Text;
using DarkPool.Attestation.Bundles;

namespace DarkPool.Attestation.Dstack;

/// <summary>
/// Evidence and keys on Phala's dstack: TDX quotes with the event log that says which application runs, and root keys from its key
/// management service, which gives them to the same application on every machine.
/// </summary>
public sealed class DstackProvider : IEvidenceProvider, IDisposable
{
    /// <summary>The name of this provider.</summary>
    public const string ProviderName = "dstack";

    private const string PathPrefix = "darkpool/v1/root/";
    private const string KeyPurpose = "darkpool-root";

    private readonly DstackAgent _agent;
    private readonly byte[]? _kmsRoot;

    /// <summary>An agent behind a socket.</summary>
    /// <param name="socketPath">The agent's socket; null: the first of the usual ones.</param>
    /// <param name="kmsRoot">
    /// The compressed secp256k1 key (33 bytes) of the key management service, as its contract publishes it. Without it the signatures of
    /// a key must still hold, but a key is taken from whatever service the platform is connected to.
    /// </param>
    public DstackProvider(string? socketPath = null, byte[]? kmsRoot = null)
    {
        if (kmsRoot is not null && kmsRoot.Length != RecoverableSignature.CompressedKeyLength)
            throw new ArgumentException($"A compressed key has {RecoverableSignature.CompressedKeyLength} bytes.", nameof(kmsRoot));
        _agent = new DstackAgent(socketPath ?? DstackAgent.FindSocket());
        _kmsRoot = kmsRoot;
    }

    private static ReadOnlySpan<byte> RootKeySalt => "darkpool/v1/dstack-root"u8;

    /// <inheritdoc/>
    public string Name => ProviderName;

    /// <inheritdoc/>
    public async ValueTask<Evidence> GetEvidenceAsync(ReadOnlyMemory<byte> reportData, CancellationToken cancellationToken)
    {
        Evidence.RequireReportData(reportData.Span);
        var answer = await _agent.GetQuoteAsync(reportData, cancellationToken);
        var bundle = new EvidenceBundle()
            .With(EvidencePart.DcapQuote, answer.Quote)
            .With(EvidencePart.EventLog, Encoding.UTF8.GetBytes(answer.EventLog));
        return new Evidence(Name, bundle.ToBytes());
    }

    /// <inheritdoc/>
    public async ValueTask<byte[]> GetRootKeyAsync(string purpose, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose);
        using var key = await _agent.GetKeyAsync(PathPrefix + purpose, KeyPurpose, cancellationToken);
        var appId = await _agent.GetAppIdAsync(cancellationToken);
        var root = key.TryFindRoot(KeyPurpose, appId)
            ?? throw new IOException("The signatures of the agent's key do not lead from it to a key management service.");
        if (_kmsRoot is not null && !root.AsSpan().SequenceEqual(_kmsRoot))
            throw new IOException("The agent's key is not from the key management service that was named.");

        // The agent's key is one of secp256k1; what leaves here is only ever used as a secret, so the two never meet.
        var derived = new byte[DstackKey.Length];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Bytes, derived, RootKeySalt, Encoding.UTF8.GetBytes(purpose));
        return derived;
    }

    /// <summary>Closes the connection to the agent.</summary>
    public void Dispose() => _agent.Dispose();
}
