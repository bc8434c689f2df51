using DarkPool.Attestation;
using DarkPool.Protocol.Identity;

namespace DarkPool.Client.Trust;

/// <summary>What a venue's enclave showed for a nonce of our own, and how it was judged.</summary>
/// <param name="Identity">What it claims; to be believed only if the verdict accepts.</param>
/// <param name="VenueId">The venue for which it claims it.</param>
/// <param name="Nonce">The nonce that the evidence must bind.</param>
/// <param name="Evidence">The evidence.</param>
/// <param name="Verdict">Everything that was checked, and the facts or the one reason for the refusal.</param>
/// <param name="JudgedAt">The instant at which certificates and collateral were judged.</param>
public sealed record EnclaveExamination(
    EnclaveIdentity Identity, Bytes32 VenueId, Bytes32 Nonce, Evidence Evidence, Verdict Verdict, DateTimeOffset JudgedAt);
