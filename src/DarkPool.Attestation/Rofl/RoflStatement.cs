using System.Buffers.Binary;
using System.Text;
using NSec.Cryptography;

namespace DarkPool.Attestation.Rofl;

/// <summary>
/// Evidence of a ROFL application, little-endian. The platform gives its guests no quote; it gives a key that only attested instances of
/// the application can derive, and that signs here.
/// <code>
///   0    4  "DPRF"
///   4    2  version = 1
///   6    2  length of the application's id
///   8    8  time, microseconds since 1970
///  16   32  the application's evidence key (Ed25519)
///  48   64  report data
/// 112    n  the application's id, ASCII
///   .   64  signature over "darkpool/v1/rofl-evidence" and all before
/// </code>
/// </summary>
internal readonly struct RoflStatement
{
    public const ushort CurrentVersion = 1;

    private const int KeyOffset = 16;
    private const int ReportDataOffset = 48;
    private const int AppIdOffset = 112;
    private const int SignatureLength = 64;

    private readonly ReadOnlyMemory<byte> _bytes;

    private RoflStatement(ReadOnlyMemory<byte> bytes) => _bytes = bytes;

    private static ReadOnlySpan<byte> Magic => "DPRF"u8;

    private static ReadOnlySpan<byte> Domain => "darkpool/v1/rofl-evidence"u8;

    public long TimeMicroseconds => BinaryPrimitives.ReadInt64LittleEndian(_bytes.Span[8..]);

    public ReadOnlySpan<byte> EvidenceKey => _bytes.Span[KeyOffset..ReportDataOffset];

    public ReadOnlyMemory<byte> ReportData => _bytes[ReportDataOffset..AppIdOffset];

    public string AppId => Encoding.ASCII.GetString(_bytes.Span[AppIdOffset..^SignatureLength]);

    public static byte[] Sign(Key key, long timeMicroseconds, string appId, ReadOnlySpan<byte> reportData)
    {
        var bytes = new byte[AppIdOffset + appId.Length + SignatureLength];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(4), CurrentVersion);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(6), (ushort)appId.Length);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), timeMicroseconds);
        key.PublicKey.Export(KeyBlobFormat.RawPublicKey).CopyTo(bytes, KeyOffset);
        reportData.CopyTo(bytes.AsSpan(ReportDataOffset));
        Encoding.ASCII.GetBytes(appId).CopyTo(bytes, AppIdOffset);
        SignatureAlgorithm.Ed25519.Sign(key, [.. Domain, .. bytes.AsSpan(..^SignatureLength)], bytes.AsSpan(^SignatureLength..));
        return bytes;
    }

    public static bool TryRead(ReadOnlyMemory<byte> bytes, out RoflStatement statement)
    {
        statement = new RoflStatement(bytes);
        var span = bytes.Span;
        if (span.Length < AppIdOffset + SignatureLength || !span.StartsWith(Magic)) return false;
        var appIdLength = BinaryPrimitives.ReadUInt16LittleEndian(span[6..]);
        return BinaryPrimitives.ReadUInt16LittleEndian(span[4..]) == CurrentVersion
            && appIdLength <= RoflAppId.MaxTextLength
            && span.Length == AppIdOffset + appIdLength + SignatureLength
            && RoflAppId.TryParse(statement.AppId) is not null;
    }

    /// <summary>Whether the key named inside signed it; what that key stands for is decided elsewhere.</summary>
    public bool SignatureIsValid() =>
        PublicKey.TryImport(SignatureAlgorithm.Ed25519, EvidenceKey, KeyBlobFormat.RawPublicKey, out var key)
        && SignatureAlgorithm.Ed25519.Verify(key!, [.. Domain, .. _bytes.Span[..^SignatureLength]], _bytes.Span[^SignatureLength..]);
}
