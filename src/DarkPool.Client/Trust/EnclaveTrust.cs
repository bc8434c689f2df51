using System.Security.Cryptography;
using DarkPool.Attestation;
using DarkPool.Attestation.Policies;
using DarkPool.Client.Http;
using DarkPool.Protocol.Identity;

namespace DarkPool.Client.Trust;

/// <summary>Asks the venue's enclave for evidence over a nonce of our own and judges it by our policy.</summary>
internal sealed class EnclaveTrust(VenueApi api, AttestationPolicy policy, Bytes32 venueId, TimeProvider time) : IDisposable
{
    /// <summary>Evidence older than this is asked for again before something new is sealed: key epochs and measurements change.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _refreshing = new(1);
    private volatile VerifiedEnclave? _current;

    /// <summary>The enclave that was verified last.</summary>
    public VerifiedEnclave Current => _current ?? throw new InvalidOperationException("No enclave has been verified.");

    /// <summary>An enclave verified not long ago.</summary>
    /// <exception cref="DarkPoolException">The evidence is refused.</exception>
    public async Task<VerifiedEnclave> FreshAsync(CancellationToken cancellation)
    {
        if (_current is { } current && time.GetUtcNow() - current.VerifiedAt < MaxAge)
            return current;
        return await RefreshAsync(_current, cancellation);
    }

    /// <summary>Verifies the enclave that serves now, unless another caller has done it since <paramref name="known"/> was read.</summary>
    /// <exception cref="DarkPoolException">The evidence is refused.</exception>
    public async Task<VerifiedEnclave> RefreshAsync(VerifiedEnclave? known, CancellationToken cancellation)
    {
        await _refreshing.WaitAsync(cancellation);
        try
        {
            if (_current is { } newer && !ReferenceEquals(newer, known))
                return newer;
            return _current = await VerifyAsync(cancellation);
        }
        finally
        {
            _refreshing.Release();
        }
    }

    public void Dispose() => _refreshing.Dispose();

    private async Task<VerifiedEnclave> VerifyAsync(CancellationToken cancellation)
    {
        var nonce = new Bytes32(RandomNumberGenerator.GetBytes(Bytes32.Size));
        AttestationAnswer answer = await api.GetAttestationAsync(nonce.ToString(), cancellation);
        EnclaveIdentity identity = Read(answer.Claims);
        byte[] expected = ReportData.Compute(identity, venueId, nonce);
        DateTimeOffset now = time.GetUtcNow();
        Verdict verdict = EvidenceVerifier.Verify(new Evidence(answer.Provider, answer.Evidence), policy, expected, now);
        if (!verdict.Accepted)
            throw new DarkPoolException(DarkPoolError.EvidenceRefused, $"The enclave's evidence was {verdict}");
        return new VerifiedEnclave(identity, venueId, answer.Provider, verdict.Facts!, now);
    }

    private EnclaveIdentity Read(AttestationClaims claims)
    {
        if (!Bytes32.TryParse(claims.VenueId, out Bytes32 claimedVenue) || claimedVenue != venueId)
            throw new DarkPoolException(DarkPoolError.EvidenceRefused, "The enclave's evidence is for another venue.");
        if (!Bytes32.TryParse(claims.SigningKey, out Bytes32 signing)
            || !EvmAddress.TryParse(claims.EvmAddress, out EvmAddress address)
            || !Bytes32.TryParse(claims.EncryptionKey, out Bytes32 encryption)
            || !Bytes32.TryParse(claims.PolicyHash, out Bytes32 policyHash)
            || !Bytes32.TryParse(claims.AnchoredHead, out Bytes32 anchored))
        {
            throw new DarkPoolException(DarkPoolError.ProtocolViolation, "The enclave's claims have not the form of the protocol.");
        }
        return new EnclaveIdentity(signing, address, claims.KeyEpoch, encryption, policyHash, claims.AnchoredBlock, anchored);
    }
}
