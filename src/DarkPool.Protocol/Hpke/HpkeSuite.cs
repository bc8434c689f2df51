namespace DarkPool.Protocol.Hpke;

/// <summary>The AEAD beside DHKEM(X25519, HKDF-SHA256) and HKDF-SHA256, by its byte on the wire. Append-only.</summary>
public enum HpkeSuite : byte
{
    /// <summary>No suite: never valid on the wire.</summary>
    None = 0,

    /// <summary>AES-256-GCM, the default (RFC 9180 AEAD id 0x0002). Needs a processor with AES instructions.</summary>
    Aes256Gcm = 1,

    /// <summary>ChaCha20-Poly1305 (RFC 9180 AEAD id 0x0003).</summary>
    ChaCha20Poly1305 = 2,

    /// <summary>No AEAD, secrets are only exported (RFC 9180 AEAD id 0xFFFF): never valid on the wire.</summary>
    ExportOnly = 255,
}
