using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using DarkPool.Protocol.Identity;
using NSec.Cryptography;

namespace DarkPool.Protocol.Entries;

/// <summary>
/// A deposit that the enclave's own chain reader saw, signed by the enclave (docs/PROTOCOL.md section 7): a host cannot invent one,
/// and a replay needs no chain.
/// </summary>
/// <param name="LogIndex">Index of the event in its EVM block.</param>
/// <param name="ChainId">EIP-155 chain id.</param>
/// <param name="Vault">Address of the vault contract.</param>
/// <param name="Token">Address of the token deposited.</param>
/// <param name="DepositId">Number of the deposit at the vault, from 1.</param>
/// <param name="Amount">In base units of the token.</param>
/// <param name="EvmBlock">Number of the EVM block.</param>
/// <param name="Transaction">Hash of the transaction.</param>
/// <param name="Tag">The sealed tag as the depositor gave it; well formed if <see cref="DepositTag"/> opens it.</param>
public sealed record DepositCertificate(
    uint LogIndex,
    ulong ChainId,
    EvmAddress Vault,
    EvmAddress Token,
    ulong DepositId,
    UInt128 Amount,
    ulong EvmBlock,
    Bytes32 Transaction,
    ReadOnlyMemory<byte> Tag)
{
    /// <summary>Bytes besides the tag.</summary>
    public const int Overhead = FixedSize + Ed25519Signature.Size;

    /// <summary>The longest tag: more than any sealed tag needs, and a certificate with it still fits an entry.</summary>
    public const int MaxTagLength = 1024;

    private const ushort Version = 1;
    private const int FixedSize = 120;

    private static ReadOnlySpan<byte> Domain => "darkpool/v1/deposit"u8;

    /// <summary>Encodes and signs the certificate.</summary>
    /// <param name="signingKey">The enclave's Ed25519 key.</param>
    /// <param name="venueId">The venue.</param>
    /// <returns>The data of an entry of kind <see cref="Blocks.EntryKind.Deposit"/>.</returns>
    /// <exception cref="InvalidOperationException">The tag is longer than <see cref="MaxTagLength"/>.</exception>
    public byte[] Sign(Key signingKey, in Bytes32 venueId)
    {
        if (Tag.Length > MaxTagLength) throw new InvalidOperationException($"A deposit tag has at most {MaxTagLength} bytes.");
        var bytes = new byte[Overhead + Tag.Length];
        var body = bytes.AsSpan(0, FixedSize + Tag.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(body, Version);
        BinaryPrimitives.WriteUInt16LittleEndian(body[2..], (ushort)Tag.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(body[4..], LogIndex);
        BinaryPrimitives.WriteUInt64LittleEndian(body[8..], ChainId);
        Vault.CopyTo(body[16..]);
        Token.CopyTo(body[36..]);
        BinaryPrimitives.WriteUInt64LittleEndian(body[56..], DepositId);
        BinaryPrimitives.WriteUInt128LittleEndian(body[64..], Amount);
        BinaryPrimitives.WriteUInt64LittleEndian(body[80..], EvmBlock);
        Transaction.CopyTo(body[88..]);
        Tag.Span.CopyTo(body[FixedSize..]);
        DomainSignature.Sign(signingKey, Domain, venueId, body, bytes.AsSpan(body.Length));
        return bytes;
    }

    /// <summary>Reads a certificate without checking its signature.</summary>
    /// <param name="entry">Data of the entry.</param>
    /// <param name="certificate">The certificate, or null.</param>
    /// <returns>Whether the form is right.</returns>
    public static bool TryRead(
        ReadOnlySpan<byte> entry, [NotNullWhen(true)] out DepositCertificate? certificate)
    {
        certificate = null;
        if (entry.Length < Overhead || BinaryPrimitives.ReadUInt16LittleEndian(entry) != Version) return false;
        int tagLength = BinaryPrimitives.ReadUInt16LittleEndian(entry[2..]);
        if (tagLength > MaxTagLength || entry.Length != Overhead + tagLength) return false;
        certificate = new DepositCertificate(
            BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]),
            BinaryPrimitives.ReadUInt64LittleEndian(entry[8..]),
            new EvmAddress(entry[16..36]),
            new EvmAddress(entry[36..56]),
            BinaryPrimitives.ReadUInt64LittleEndian(entry[56..]),
            BinaryPrimitives.ReadUInt128LittleEndian(entry[64..]),
            BinaryPrimitives.ReadUInt64LittleEndian(entry[80..]),
            new Bytes32(entry.Slice(88, Bytes32.Size)),
            entry.Slice(FixedSize, tagLength).ToArray());
        return true;
    }

    /// <summary>Reads a certificate and checks its signature.</summary>
    /// <param name="entry">Data of the entry.</param>
    /// <param name="signingKey">The enclave's Ed25519 public key.</param>
    /// <param name="venueId">The venue.</param>
    /// <param name="certificate">The certificate, or null.</param>
    /// <returns>Whether it is well formed and signed by the key for the venue.</returns>
    public static bool TryVerify(
        ReadOnlySpan<byte> entry,
        in Bytes32 signingKey,
        in Bytes32 venueId,
        [NotNullWhen(true)] out DepositCertificate? certificate)
    {
        if (!TryRead(entry, out certificate)) return false;
        var body = entry[..^Ed25519Signature.Size];
        if (DomainSignature.Verify(signingKey, Domain, venueId, body, entry[body.Length..])) return true;
        certificate = null;
        return false;
    }
}
