using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using DarkPool.Protocol.Entries;
using DarkPool.Protocol.Identity;
using NSec.Cryptography;

namespace DarkPool.Protocol.Lending;

/// <summary>
/// What is public of all loans at settlement cadence, signed by the enclave (docs/PROTOCOL.md section 9.1): totals only, no position.
/// </summary>
/// <param name="Block">The block after which it holds.</param>
/// <param name="Time">The time of that block, microseconds since 1970.</param>
/// <param name="Reserves">Reserves of pools, by ascending pool in the order of listing.</param>
/// <param name="Markets">Isolated markets, by ascending number.</param>
public sealed record ReserveSheet(ulong Block, long Time, ImmutableArray<ReserveRow> Reserves, ImmutableArray<IsolatedRow> Markets)
{
    private const ushort Version = 1;
    private const int HeadSize = 24;

    private static ReadOnlySpan<byte> Domain => "darkpool/v1/reserves"u8;

    /// <summary>Encodes and signs the sheet.</summary>
    /// <param name="signingKey">The enclave's Ed25519 key.</param>
    /// <param name="venueId">The venue.</param>
    /// <returns>The bytes.</returns>
    public byte[] Sign(Key signingKey, in Bytes32 venueId)
    {
        var length = HeadSize + (Reserves.Length * ReserveRow.Size) + (Markets.Length * IsolatedRow.Size);
        var bytes = new byte[length + Ed25519Signature.Size];
        var writer = new BodyWriter(bytes);
        writer.UInt16(Version);
        writer.UInt16((ushort)Reserves.Length);
        writer.UInt16((ushort)Markets.Length);
        writer.Zeros(2);
        writer.UInt64(Block);
        writer.Int64(Time);
        var at = HeadSize;
        foreach (var row in Reserves)
        {
            row.Write(bytes.AsSpan(at, ReserveRow.Size));
            at += ReserveRow.Size;
        }

        foreach (var row in Markets)
        {
            row.Write(bytes.AsSpan(at, IsolatedRow.Size));
            at += IsolatedRow.Size;
        }

        DomainSignature.Sign(signingKey, Domain, venueId, bytes.AsSpan(0, length), bytes.AsSpan(length));
        return bytes;
    }

    /// <summary>Reads a sheet without checking its signature.</summary>
    /// <param name="bytes">Exactly its bytes.</param>
    /// <param name="sheet">The sheet, or null.</param>
    /// <returns>Whether the form is right.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out ReserveSheet? sheet)
    {
        sheet = null;
        if (bytes.Length < HeadSize + Ed25519Signature.Size) return false;
        var reader = new BodyReader(bytes);
        var (version, reserves, markets) = (reader.UInt16(), reader.UInt16(), reader.UInt16());
        reader.Zeros(2);
        var (block, time) = (reader.UInt64(), reader.Int64());
        var length = HeadSize + (reserves * ReserveRow.Size) + (markets * IsolatedRow.Size) + Ed25519Signature.Size;
        if (!reader.IsSound || version != Version || bytes.Length != length) return false;
        var rows = ImmutableArray.CreateBuilder<ReserveRow>(reserves);
        var rest = bytes[HeadSize..];
        for (var left = (int)reserves; left > 0; left--, rest = rest[ReserveRow.Size..])
        {
            if (!ReserveRow.TryRead(rest[..ReserveRow.Size], out var row)) return false;
            rows.Add(row);
        }

        var isolated = ImmutableArray.CreateBuilder<IsolatedRow>(markets);
        for (var left = (int)markets; left > 0; left--, rest = rest[IsolatedRow.Size..])
        {
            if (!IsolatedRow.TryRead(rest[..IsolatedRow.Size], out var row)) return false;
            isolated.Add(row);
        }

        sheet = new ReserveSheet(block, time, rows.MoveToImmutable(), isolated.MoveToImmutable());
        return true;
    }

    /// <summary>Reads a sheet and checks that the enclave signed it for the venue.</summary>
    /// <param name="bytes">Exactly its bytes.</param>
    /// <param name="signingKey">The enclave's Ed25519 public key.</param>
    /// <param name="venueId">The venue.</param>
    /// <param name="sheet">The sheet, or null.</param>
    /// <returns>Whether the form is right and the signature good.</returns>
    public static bool TryVerify(
        ReadOnlySpan<byte> bytes, in Bytes32 signingKey, in Bytes32 venueId, [NotNullWhen(true)] out ReserveSheet? sheet)
    {
        if (!TryRead(bytes, out sheet)) return false;
        var body = bytes[..^Ed25519Signature.Size];
        if (DomainSignature.Verify(signingKey, Domain, venueId, body, bytes[body.Length..])) return true;
        sheet = null;
        return false;
    }
}
