using System.Buffers.Binary;
using NSec.Cryptography;

namespace DarkPool.Attestation.Simulated;

/// <summary>
/// Simulated evidence, 208 bytes, little-endian:
/// <code>
///   0    4  "DPSE"
///   4    2  version = 1
///   6    2  reserved = 0
///   8    8  time, microseconds since 1970
///  16   32  measurement of the program
///  48   64  report data
/// 112   32  Ed25519 key of the development root
/// 144   64  signature over "darkpool/v1/simulated-evidence" and bytes 0 to 143
/// </code>
/// </summary>
internal readonly ref struct SimulatedStatement
{
    public const int Length = 208;
    public const ushort CurrentVersion = 1;

    private const int TimeOffset = 8;
    private const int MeasurementOffset = 16;
    private const int ReportDataOffset = 48;
    private const int RootOffset = 112;
    private const int SignatureOffset = 144;

    private readonly ReadOnlySpan<byte> _bytes;

    private SimulatedStatement(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    private static ReadOnlySpan<byte> Magic => "DPSE"u8;

    private static ReadOnlySpan<byte> Domain => "darkpool/v1/simulated-evidence"u8;

    public long TimeMicroseconds => BinaryPrimitives.ReadInt64LittleEndian(_bytes[TimeOffset..]);

    public ReadOnlySpan<byte> Measurement => _bytes[MeasurementOffset..ReportDataOffset];

    public ReadOnlySpan<byte> ReportData => _bytes[ReportDataOffset..RootOffset];

    public ReadOnlySpan<byte> Root => _bytes[RootOffset..SignatureOffset];

    public static bool TryRead(ReadOnlySpan<byte> bytes, out SimulatedStatement statement)
    {
        statement = new SimulatedStatement(bytes);
        return bytes.Length == Length
            && bytes.StartsWith(Magic)
            && BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]) == CurrentVersion
            && BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]) == 0;
    }

    public static byte[] Sign(Key root, long timeMicroseconds, ReadOnlySpan<byte> measurement, ReadOnlySpan<byte> reportData)
    {
        var bytes = new byte[Length];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(4), CurrentVersion);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(TimeOffset), timeMicroseconds);
        measurement.CopyTo(bytes.AsSpan(MeasurementOffset, ReportDataOffset - MeasurementOffset));
        reportData.CopyTo(bytes.AsSpan(ReportDataOffset, RootOffset - ReportDataOffset));
        root.PublicKey.Export(KeyBlobFormat.RawPublicKey).CopyTo(bytes, RootOffset);
        SignatureAlgorithm.Ed25519.Sign(root, [.. Domain, .. bytes.AsSpan(0, SignatureOffset)], bytes.AsSpan(SignatureOffset));
        return bytes;
    }

    /// <summary>Whether the root named inside signed it; whether that root counts is the policy's decision.</summary>
    public bool SignatureIsValid() =>
        PublicKey.TryImport(SignatureAlgorithm.Ed25519, Root, KeyBlobFormat.RawPublicKey, out var root)
        && SignatureAlgorithm.Ed25519.Verify(root!, [.. Domain, .. _bytes[..SignatureOffset]], _bytes[SignatureOffset..]);
}
