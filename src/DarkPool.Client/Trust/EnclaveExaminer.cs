using System.Security.Cryptography;
using DarkPool.Attestation;
using DarkPool.Attestation.Collaterals;
using DarkPool.Attestation.Policies;
using DarkPool.Client.Http;
using DarkPool.Protocol.Identity;

namespace DarkPool.Client.Trust;

/// <summary>Asks the venue's enclave for evidence over a nonce of our own and judges it by our policy.</summary>
internal sealed class EnclaveExaminer(VenueApi api, DarkPoolClientOptions options, Bytes32 venueId)
{
    /// <exception cref="DarkPoolException">
    /// The venue or the source of collateral is away, or what came is not of the protocol. Refused evidence is a verdict, not an exception.
    /// </exception>
    public async Task<EnclaveExamination> ExamineAsync(CancellationToken cancellation)
    {
        var nonce = new Bytes32(RandomNumberGenerator.GetBytes(Bytes32.Size));
        AttestationAnswer answer = await api.GetAttestationAsync(nonce.ToString(), cancellation);
        EnclaveIdentity identity = Read(answer.Claims);
        var evidence = new Evidence(answer.Provider, answer.Evidence);
        DateTimeOffset now = options.Time.GetUtcNow();
        Verdict verdict = await JudgeAsync(evidence, ReportData.Compute(identity, venueId, nonce), now, cancellation);
        verdict = PeerPolicyJudge.Judge(verdict, options.Policy, Bytes(identity.PolicyHash));
        return new EnclaveExamination(identity, venueId, nonce, evidence, verdict, now);
    }

    private async Task<Verdict> JudgeAsync(Evidence evidence, byte[] expected, DateTimeOffset now, CancellationToken cancellation)
    {
        if (options.Collateral is not { } source)
            return EvidenceVerifier.Verify(evidence, options.Policy, expected, now);
        try
        {
            return await new CollateralResolver(source).VerifyAsync(evidence, options.Policy, expected, now, cancellation);
        }
        catch (IOException failure)
        {
            throw new DarkPoolException(
                DarkPoolError.CollateralUnavailable, $"The evidence could not be judged: {failure.Message}", failure);
        }
    }

    private EnclaveIdentity Read(AttestationClaims claims)
    {
        if (!Bytes32.TryParse(claims.VenueId, out Bytes32 claimedVenue) || claimedVenue != venueId)
            throw new DarkPoolException(DarkPoolError.EvidenceRefused, "The enclave's evidence is for another venue.");
        return claims.TryRead()
            ?? throw new DarkPoolException(DarkPoolError.ProtocolViolation, "The enclave's claims have not the form of the protocol.");
    }

    private static byte[] Bytes(in Bytes32 value)
    {
        var bytes = new byte[Bytes32.Size];
        value.CopyTo(bytes);
        return bytes;
    }
}
