using DarkPool.Protocol.Identity;
using Org.BouncyCastle.Crypto.Digests;

namespace DarkPool.Chain.Hashing;

/// <summary>
/// Keccak-256 as Ethereum uses it (yellow paper, appendix B): the Keccak submission's padding, not that of SHA-3 (FIPS 202).
/// </summary>
internal static class Keccak256
{
    private const int Bits = 256;

    /// <summary>The hash of the parts one after another.</summary>
    public static Bytes32 Hash(params ReadOnlySpan<byte[]> parts)
    {
        var digest = new KeccakDigest(Bits);
        foreach (var part in parts) digest.BlockUpdate(part);
        return Finish(digest);
    }

    /// <summary>The hash of the bytes.</summary>
    public static Bytes32 Hash(ReadOnlySpan<byte> data)
    {
        var digest = new KeccakDigest(Bits);
        digest.BlockUpdate(data);
        return Finish(digest);
    }

    /// <summary>The hash of an ASCII text.</summary>
    public static Bytes32 Hash(string text) => Hash(System.Text.Encoding.ASCII.GetBytes(text));

    private static Bytes32 Finish(KeccakDigest digest)
    {
        Span<byte> hash = stackalloc byte[Bytes32.Size];
        digest.DoFinal(hash);
        return new Bytes32(hash);
    }
}
