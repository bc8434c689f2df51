using System.Diagnostics.CodeAnalysis;

namespace DarkPool.Attestation.Snp;

/// <summary>
/// The certificate table that a host hands to its guest with an extended report (AMD, "GHCB Standardization", section 4.1.8.1):
/// <code>
/// (GUID 16 || u32 offset || u32 length)*  ending with zeros, then the certificates
/// </code>
/// GUIDs stand in the order in which they are written.
/// </summary>
internal sealed class SnpCertificateTable
{
    /// <summary>More entries than the five kinds known need not be looked at.</summary>
    private const int MaxEntries = 16;

    private const int EntryLength = 24;
    private const int GuidLength = 16;

    private static readonly byte[] VcekGuid = Convert.FromHexString("63da758de6644564adc5f4b93be8accd");
    private static readonly byte[] VlekGuid = Convert.FromHexString("a8074bc2a25a483eaae639c045a0b8a1");
    private static readonly byte[] AskGuid = Convert.FromHexString("4ab7b379bbac4fe4a02f05aef327c782");
    private static readonly byte[] ArkGuid = Convert.FromHexString("c0b406a4a803495297433fb6014cd0ae");
    private static readonly byte[] CrlGuid = Convert.FromHexString("92f81bc358114d3d97ffd19f88dc67ea");

    /// <summary>The certificate of the VCEK or VLEK.</summary>
    public ReadOnlyMemory<byte>? EndorsementKey { get; private set; }

    /// <summary>The certificate of the ASK or ASVK.</summary>
    public ReadOnlyMemory<byte>? Ask { get; private set; }

    /// <summary>The certificate of the ARK.</summary>
    public ReadOnlyMemory<byte>? Ark { get; private set; }

    /// <summary>The ARK's revocation list.</summary>
    public ReadOnlyMemory<byte>? Crl { get; private set; }

    /// <summary>Reads a table; an empty one has no certificates.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out SnpCertificateTable? table)
    {
        table = null;
        var read = new SnpCertificateTable();
        var cursor = new ByteCursor(bytes);
        for (var count = 0; !bytes.IsEmpty; count++)
        {
            if (count == MaxEntries || !cursor.TryTake(EntryLength, out var entry)) return false;
            if (!entry.Span.ContainsAnyExcept((byte)0)) break;
            var fields = new ByteCursor(entry[GuidLength..]);
            if (!fields.TryTakeUInt32(out var offset) || !fields.TryTakeUInt32(out var length)) return false;
            if (offset > bytes.Length || length > bytes.Length - offset) return false;
            read.Take(entry.Span[..GuidLength], bytes.Slice((int)offset, (int)length));
        }

        table = read;
        return true;
    }

    private void Take(ReadOnlySpan<byte> guid, ReadOnlyMemory<byte> value)
    {
        if (guid.SequenceEqual(VcekGuid) || guid.SequenceEqual(VlekGuid)) EndorsementKey ??= value;
        else if (guid.SequenceEqual(AskGuid)) Ask ??= value;
        else if (guid.SequenceEqual(ArkGuid)) Ark ??= value;
        else if (guid.SequenceEqual(CrlGuid)) Crl ??= value;
    }
}
