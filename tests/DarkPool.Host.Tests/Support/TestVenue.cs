using DarkPool.Protocol.Identity;
using NSec.Cryptography;

namespace DarkPool.Host.Tests.Support;

/// <summary>A venue whose governance key the tests hold.</summary>
internal static class TestVenue
{
    public static Key Governor { get; } = Key.Import(
        SignatureAlgorithm.Ed25519, Enumerable.Repeat((byte)0x51, 32).ToArray(), KeyBlobFormat.RawPrivateKey);

    public static Genesis Genesis { get; } = new(
        31_337,
        new EvmAddress(Enumerable.Repeat((byte)0xA1, 20).ToArray()),
        new EvmAddress(Enumerable.Repeat((byte)0xB2, 20).ToArray()),
        shard: 0,
        governanceThreshold: 1,
        [PublicKey(Governor)]);

    public static Bytes32 PublicKey(Key key) => new(key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
}
