using System.Security.Cryptography;
using DarkPool.Protocol.Identity;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;

namespace DarkPool.Chain.Signing;

/// <summary>
/// A private key of secp256k1. Its bytes are zeroed when it is disposed; the arithmetic library's intermediate numbers are left to the
/// garbage collector. Safe for concurrent use.
/// </summary>
public sealed class EvmKey : IDisposable
{
    /// <summary>The size of a private key in bytes.</summary>
    public const int Size = 32;

    private readonly byte[] _secret;
    private bool _disposed;

    private EvmKey(byte[] secret)
    {
        _secret = secret;
        Address = Secp256k1.AddressOf(Secp256k1.Domain.G.Multiply(new BigInteger(1, secret)).Normalize());
    }

    /// <summary>The address of the key's account.</summary>
    public EvmAddress Address { get; }

    /// <summary>A new random key.</summary>
    public static EvmKey Create()
    {
        Span<byte> secret = stackalloc byte[Size];
        try
        {
            do RandomNumberGenerator.Fill(secret);
            while (!IsInRange(secret));
            return FromBytes(secret);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <summary>A key from its bytes, which the caller keeps and zeroes.</summary>
    /// <param name="secret">32 bytes, big-endian, from 1 to the group's order less 1.</param>
    /// <exception cref="ArgumentException">Another length, or out of range.</exception>
    public static EvmKey FromBytes(ReadOnlySpan<byte> secret)
    {
        if (secret.Length != Size || !IsInRange(secret)) throw new ArgumentException("Not a private key of secp256k1", nameof(secret));
        // Pinned, so that no copy is left behind when the collector moves it.
        var copy = GC.AllocateUninitializedArray<byte>(Size, pinned: true);
        secret.CopyTo(copy);
        return new EvmKey(copy);
    }

    /// <summary>A key from <c>0x</c> and 64 digits, as development tools print them.</summary>
    /// <exception cref="FormatException">Not that, or out of range; the message does not repeat the text.</exception>
    public static EvmKey Parse(string text)
    {
        if (!EvmHex.TryDecode(text, out var secret)) throw new FormatException("A private key is 0x and 64 hexadecimal digits");
        try
        {
            return FromBytes(secret);
        }
        catch (ArgumentException)
        {
            throw new FormatException("Not a private key of secp256k1");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <summary>
    /// Signs a digest. The nonce is derived from key and digest (RFC 6979, HMAC-SHA-256), so the same digest always has the same signature.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The key is zeroed already.</exception>
    public EvmSignature Sign(in Bytes32 digest)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var signer = new ECDsaSigner(new HMacDsaKCalculator(new Sha256Digest()));
        signer.Init(forSigning: true, new ECPrivateKeyParameters(new BigInteger(1, _secret), Secp256k1.Domain));
        var numbers = signer.GenerateSignature(digest.ToArray());
        var (r, s) = (numbers[0], numbers[1]);
        if (s.CompareTo(Secp256k1.HalfOrder) > 0) s = Secp256k1.Order.Subtract(s);
        foreach (var isOdd in (ReadOnlySpan<bool>)[false, true])
        {
            var signature = EvmSignature.From(r, s, isOdd);
            if (signature.TryRecover(digest, out var recovered) && recovered == Address) return signature;
        }

        throw new CryptographicException("A fresh signature names another key");
    }

    /// <summary>Copies the private key out, to be sealed.</summary>
    /// <param name="destination">32 bytes, which the caller zeroes.</param>
    /// <exception cref="ObjectDisposedException">The key is zeroed already.</exception>
    public void Export(Span<byte> destination)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _secret.CopyTo(destination);
    }

    /// <summary>The address: a key is never printed.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Address.ToString();

    /// <summary>Zeroes the key.</summary>
    public void Dispose()
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(_secret);
    }

    private static bool IsInRange(ReadOnlySpan<byte> secret)
    {
        var value = new BigInteger(1, secret.ToArray());
        return value.SignValue > 0 && value.CompareTo(Secp256k1.Order) < 0;
    }
}
