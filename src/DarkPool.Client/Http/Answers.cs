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
    string AnchoredHead);
