using System.Buffers.Binary;
using System.Security.Cryptography;
using DarkPool.Protocol.Identity;

namespace DarkPool.Protocol.Lending;

/// <summary>
/// What is published in a borrower's place (docs/PROTOCOL.md section 9.2). Who has the borrower's CollateralSold has the salt, finds the
/// sale among those that were published, and can prove it to whom it wishes.
/// </summary>
public static class LoanCommitment
{
    /// <summary>The commitment of a sale.</summary>
    /// <param name="kind">What kind of loan it was.</param>
    /// <param name="salt">The salt of the sale.</param>
    /// <param name="place">Number of the pool, or of the isolated market.</param>
    /// <param name="account">The borrower.</param>
    public static Bytes32 Of(LoanKind kind, in Bytes32 salt, uint place, AccountKey account)
    {
        var domain = kind == LoanKind.Pool ? "darkpool/v1/loan"u8 : "darkpool/v1/isolated loan"u8;
        Span<byte> preimage = stackalloc byte[domain.Length + Bytes32.Size + sizeof(uint) + Bytes32.Size];
        domain.CopyTo(preimage);
        salt.CopyTo(preimage[domain.Length..]);
        BinaryPrimitives.WriteUInt32LittleEndian(preimage[(domain.Length + Bytes32.Size)..], place);
        account.Key.CopyTo(preimage[(domain.Length + Bytes32.Size + sizeof(uint))..]);
        return new Bytes32(SHA256.HashData(preimage));
    }
}
