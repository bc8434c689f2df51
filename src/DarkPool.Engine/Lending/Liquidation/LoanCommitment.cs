using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DarkPool.Engine.Lending.Liquidation;

/// <summary>
/// What is published in a borrower's place: <c>H("darkpool/v1/loan" ‖ salt ‖ pool ‖ account key)</c>, of an isolated market <c>H(
/// "darkpool/v1/isolated loan" ‖ salt ‖ market ‖ account key)</c>. The salt comes from a secret of
/// the enclave and the sale's number, <c>H("darkpool/v1/loan salt" ‖ secret ‖ number)</c>, so it is the same in a replay, other for
/// each sale, and nobody without it can tell whether two commitments are of one loan. The borrower's report carries it, to prove the
/// sale to whom the borrower wishes. Numbers little-endian: pool 4 bytes, sale 8 bytes.
/// </summary>
public static class LoanCommitment
{
    /// <summary>The salt of a sale.</summary>
    /// <param name="secret">32 bytes that only the enclave knows.</param>
    /// <param name="sale">The sale's number in the venue.</param>
    public static Digest Salt(in Digest secret, ulong sale)
    {
        var domain = "darkpool/v1/loan salt"u8;
        Span<byte> preimage = stackalloc byte[domain.Length + Digest.Size + sizeof(ulong)];
        domain.CopyTo(preimage);
        secret.CopyTo(preimage[domain.Length..]);
        BinaryPrimitives.WriteUInt64LittleEndian(preimage[(domain.Length + Digest.Size)..], sale);
        return Hash(preimage);
    }

    /// <summary>The commitment.</summary>
    public static Digest Of(LoanKind kind, in Digest salt, uint pool, ReadOnlySpan<byte> accountKey)
    {
        var domain = kind == LoanKind.Pool ? "darkpool/v1/loan"u8 : "darkpool/v1/isolated loan"u8;
        Span<byte> preimage = stackalloc byte[domain.Length + Digest.Size + sizeof(uint) + Digest.Size];
        domain.CopyTo(preimage);
        salt.CopyTo(preimage[domain.Length..]);
        BinaryPrimitives.WriteUInt32LittleEndian(preimage[(domain.Length + Digest.Size)..], pool);
        accountKey.CopyTo(preimage[(domain.Length + Digest.Size + sizeof(uint))..]);
        return Hash(preimage);
    }

    private static Digest Hash(ReadOnlySpan<byte> preimage)
    {
        Span<byte> hash = stackalloc byte[Digest.Size];
        SHA256.HashData(preimage, hash);
        return new Digest(hash);
    }
}
