using DarkPool.Attestation;
using DarkPool.Protocol.Identity;

namespace DarkPool.Client.Trust;

/// <summary>An enclave whose evidence satisfied the client's policy.</summary>
/// <param name="Identity">Its keys, and the last log head it has seen on chain.</param>
/// <param name="VenueId">The venue for which it claims them.</param>
/// <param name="Provider">What produced the evidence.</param>
/// <param name="Facts">What the evidence proves.</param>
/// <param name="VerifiedAt">When the client verified it.</param>
public sealed record VerifiedEnclave(
    EnclaveIdentity Identity, Bytes32 VenueId, string Provider, EvidenceFacts Facts, DateTimeOffset VerifiedAt);
