using System.Buffers.Binary;

namespace DarkPool.Attestation.Dcap;

/// <summary>
/// An SGX enclave report body (Intel SDM volume 3D, section 38.15), 384 bytes, little-endian:
/// <code>
///   0   16  CPUSVN
///  16    4  MISCSELECT
///  48   16  ATTRIBUTES (bit 1: DEBUG)
///  64   32  MRENCLAVE
/// 128   32  MRSIGNER
/// 256    2  ISVPRODID
/// 258    2  ISVSVN
/// 320   64  report data
/// </code>
/// </summary>
internal readonly struct EnclaveReport(ReadOnlyMemory<byte> bytes)
{
    public const int Length = 384;

    private const byte DebugBit = 2;

    public uint MiscSelect => BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[16..]);

    public ReadOnlySpan<byte> Attributes => bytes.Span.Slice(48, 16);

    public bool IsDebug => (Attributes[0] & DebugBit) != 0;

    public ReadOnlySpan<byte> MrEnclave => bytes.Span.Slice(64, 32);

    public ReadOnlySpan<byte> MrSigner => bytes.Span.Slice(128, 32);

    public ushort IsvProdId => BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span[256..]);

    public ushort IsvSvn => BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span[258..]);

    public ReadOnlyMemory<byte> ReportData => bytes.Slice(320, 64);
}
