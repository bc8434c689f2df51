using DarkPool.Protocol.Identity;
using NSec.Cryptography;

namespace DarkPool.Enclave.Tests.Fixtures;

/// <summary>A venue with two of three governance keys.</summary>
internal static class TestGenesis
{
    public const ulong ChainId = 31337;

    public static Key[] Governors { get; } = [.. Enumerable.Range(1, 3).Select(i => SeededKey((byte)i))];

    public static Genesis Genesis { get; } = new(
        ChainId, AddressOf(0xAA), AddressOf(0xBB), shard: 3, governanceThreshold: 2, Governors.Select(PublicKeyOf));

    public static Key SeededKey(byte seed)
    {
        var raw = new byte[32];
        raw.AsSpan().Fill(seed);
        return Key.Import(SignatureAlgorithm.Ed25519, raw, KeyBlobFormat.RawPrivateKey);
    }

    public static Bytes32 PublicKeyOf(Key key) => new(key.PublicKey.Export(KeyBlobFormat.RawPublicKey));

    public static EvmAddress AddressOf(byte fill)
    {
        var raw = new byte[20];
        raw.AsSpan().Fill(fill);
        return new EvmAddress(raw);
    }
}
