using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using DarkPool.Protocol.Entries;
using DarkPool.Protocol.Identity;
using NSec.Cryptography;

namespace DarkPool.Protocol.Lending;

/// <summary>
/// What is public of the liquidations since the sheet before, signed by the enclave (docs/PROTOCOL.md section 9.2). Rows ascend by
/// commitment, so that their order says nothing.
/// </summary>
/// <param name="Block">The block after which it was signed.</param>
/// <param name="Time">The time of that block, microseconds since 1970.</param>
/// <param name="First">Number of its first liquidation in the venue: 1 in the first sheet, then the last one's plus its rows.</param>
/// <param name="Liquidations">The rows; at least one.</param>
public sealed record LiquidationSheet(ulong Block, long Time, ulong First, ImmutableArray<LiquidationRow> Liquidations)
{
    /// <summary>Most rows of a sheet.</summary>
    public const int MaxLiquidations = 8_192;

    private const ushort Version = 1;
    private const int HeadSize = 32;

    private static ReadOnlySpan<byte> Domain => "darkpool/v1/liquidations"u8;

    /// <summary>Encodes and signs the sheet.</summary>
    /// <param name="signingKey">The enclave's Ed25519 key.</param>
    /// <param name="venueId">The venue.</param>
    /// <returns>The bytes.</returns>
    public byte[] Sign(Key signingKey, in Bytes32 venueId)
    {
        var length = HeadSize + (Liquidations.Length * LiquidationRow.Size);
        var bytes = new byte[length + Ed25519Signature.Size];
        var writer = new BodyWriter(bytes);
        writer.UInt16(Version);
        writer.Zeros(2);
        writer.UInt32((uint)Liquidations.Length);
        writer.UInt64(Block);
        writer.Int64(Time);
        writer.UInt64(First);
        for (var at = 0; at < Liquidations.Length; at++)
            Liquidations[at].Write(bytes.AsSpan(HeadSize + (at * LiquidationRow.Size), LiquidationRow.Size));
        DomainSignature.Sign(signingKey, Domain, venueId, bytes.AsSpan(0, length), bytes.AsSpan(length));
        return bytes;
    }

    /// <summary>Reads a sheet without checking its signature.</summary>
    /// <param name="bytes">Exactly its bytes.</param>
    /// <param name="sheet">The sheet, or null.</param>
    /// <returns>Whether the form is right.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out LiquidationSheet? sheet)
    {
        sheet = null;
        if (bytes.Length < HeadSize + Ed25519Signature.Size) return false;
        var reader = new BodyReader(bytes);
        var version = reader.UInt16();
        reader.Zeros(2);
        var (count, block, time, first) = (reader.UInt32(), reader.UInt64(), reader.Int64(), reader.UInt64());
        var length = HeadSize + ((long)count * LiquidationRow.Size) + Ed25519Signature.Size;
        if (!reader.IsSound || version != Version || count is 0 or > MaxLiquidations || first == 0 || bytes.Length != length) return false;
        var rows = ImmutableArray.CreateBuilder<LiquidationRow>((int)count);
        for (var rest = bytes[HeadSize..^Ed25519Signature.Size]; !rest.IsEmpty; rest = rest[LiquidationRow.Size..])
        {
            if (!LiquidationRow.TryRead(rest[..LiquidationRow.Size], out var row)) return false;
            if (rows.Count != 0 && rows[^1].Commitment.Span.SequenceCompareTo(row.Commitment.Span) >= 0) return false;
            rows.Add(row);
        }

        sheet = new LiquidationSheet(block, time, first, rows.MoveToImmutable());
        return true;
    }

    /// <summary>Reads a sheet and checks that the enclave signed it for the venue.</summary>
    /// <param name="bytes">Exactly its bytes.</param>
    /// <param name="signingKey">The enclave's Ed25519 public key.</param>
    /// <param name="venueId">The venue.</param>
    /// <param name="sheet">The sheet, or null.</param>
    /// <returns>Whether the form is right and the signature good.</returns>
    public static bool TryVerify(
        ReadOnlySpan<byte> bytes, in Bytes32 signingKey, in Bytes32 venueId, [NotNullWhen(true)] out LiquidationSheet? sheet)
    {
        if (!TryRead(bytes, out sheet)) return false;
        var body = bytes[..^Ed25519Signature.Size];
        if (DomainSignature.Verify(signingKey, Domain, venueId, body, bytes[body.Length..])) return true;
        sheet = null;
        return false;
    }
}
