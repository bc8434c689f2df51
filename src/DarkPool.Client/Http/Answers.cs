using DarkPool.Protocol.Identity;

namespace DarkPool.Client.Http;

/// <summary>Answer of <c>POST /v1/sessions</c>.</summary>
internal sealed record SessionAnswer(ulong Session, ulong Block, uint Index, byte[] Receipt);

/// <summary>Answer of <c>GET /v1/attestation</c>: nothing in it is believed before the evidence is verified over it.</summary>
internal sealed record AttestationAnswer(AttestationClaims Claims, string Nonce, string Provider, byte[] Evidence);

/// <summary>What the enclave claims; keys and hashes in hexadecimal.</summary>
internal sealed record AttestationClaims(
    string SigningKey,
    string EvmAddress,
    uint KeyEpoch,
    string EncryptionKey,
    string VenueId,
    string PolicyHash,
    ulong AnchoredBlock,
    string AnchoredHead)
{
    /// <summary>The claims in binary form; null if a key or hash has another form.</summary>
    public EnclaveIdentity? TryRead() =>
        Bytes32.TryParse(SigningKey, out Bytes32 signing)
        && DarkPool.Protocol.Identity.EvmAddress.TryParse(EvmAddress, out EvmAddress address)
        && Bytes32.TryParse(EncryptionKey, out Bytes32 encryption)
        && Bytes32.TryParse(PolicyHash, out Bytes32 policyHash)
        && Bytes32.TryParse(AnchoredHead, out Bytes32 anchored)
            ? new EnclaveIdentity(signing, address, KeyEpoch, encryption, policyHash, AnchoredBlock, anchored)
            : null;
}
