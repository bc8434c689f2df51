using System.Security.Cryptography;
using DarkPool.Protocol.Hpke;
using DarkPool.Protocol.Identity;
using NSec.Cryptography;

namespace DarkPool.Protocol.Tests;

/// <summary>Keys and a venue that are the same in every run: those of the worked examples in docs/PROTOCOL.md.</summary>
internal static class Fixture
{
    public static Genesis Genesis { get; } = new(
        chainId: 31337,
        new EvmAddress(Repeat(0xA1, 20)),
        new EvmAddress(Repeat(0xA2, 20)),
        shard: 0,
        governanceThreshold: 2,
        [PublicKeyOf(Governor(0)), PublicKeyOf(Governor(1)), PublicKeyOf(Governor(2))]);

    public static Bytes32 VenueId => Genesis.VenueId;

    public static Key Account() => Signing(0x11);

    public static Key EnclaveSigning() => Signing(0x22);

    public static Key PriceSource() => Signing(0x33);

    public static Key Governor(int index) => Signing((byte)(0x40 + index));

    public static Key EnclaveEncryption() => Exchange(0x55);

    public static Key Ephemeral() => Exchange(0x66);

    public static Key Exchange(byte fill) => Key.Import(KeyAgreementAlgorithm.X25519, Repeat(fill, 32), KeyBlobFormat.RawPrivateKey);

    public static Key Signing(byte fill) => Key.Import(SignatureAlgorithm.Ed25519, Repeat(fill, 32), KeyBlobFormat.RawPrivateKey);

    public static Bytes32 PublicKeyOf(Key key) => HpkeKeyPair.PublicKeyOf(key);

    public static Bytes32 Filled(byte fill) => new(Repeat(fill, 32));

    public static byte[] Repeat(byte fill, int count)
    {
        var bytes = new byte[count];
        Array.Fill(bytes, fill);
        return bytes;
    }

    public static Bytes32 Hash(ReadOnlySpan<byte> message) => new(SHA256.HashData(message));
}
