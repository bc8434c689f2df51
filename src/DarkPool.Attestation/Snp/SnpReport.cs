using System.Buffers.Binary;

namespace DarkPool.Attestation.Snp;

/// <summary>
/// A SEV-SNP attestation report (AMD, "SEV Secure Nested Paging Firmware ABI", table 23), 1184 bytes, little-endian:
/// <code>
/// 000h    4  version            090h   48  measurement
/// 004h    4  guest SVN          0C0h   32  host data
/// 008h    8  guest policy       0E0h   48  id key digest
/// 010h   16  family id          110h   48  author key digest
/// 020h   16  image id           140h   32  report id
/// 030h    4  VMPL               180h    8  reported TCB
/// 034h    4  signature algorithm 188h   3  CPUID family, model, stepping (version 3 on)
/// 040h    8  platform info      1A0h   64  chip id
/// 048h    4  key info           1E0h    8  committed TCB
/// 050h   64  report data        1F0h    8  launch TCB
///                               2A0h  512  signature: r 72, s 72, zeros
/// </code>
/// </summary>
internal readonly struct SnpReport
{
    public const int Length = 1184;
    public const int ChipIdLength = 64;

    private const int SignatureOffset = 0x2A0;
    private const int ScalarLength = 72;
    private const uint EcdsaP384Sha384 = 1;
    private const ulong MigrationAgentBit = 1UL << 18;
    private const ulong DebugBit = 1UL << 19;
    private const uint MaskChipKeyBit = 1u << 1;
    private const uint MaxVmpl = 3;

    private readonly ReadOnlyMemory<byte> _bytes;

    private SnpReport(ReadOnlyMemory<byte> bytes) => _bytes = bytes;

    public uint Version => UInt32(0x000);

    public uint GuestSvn => UInt32(0x004);

    public ulong Policy => UInt64(0x008);

    public bool IsDebug => (Policy & DebugBit) != 0;

    public bool MigrationAgentAllowed => (Policy & MigrationAgentBit) != 0;

    public ReadOnlySpan<byte> FamilyId => Span(0x010, 16);

    public ReadOnlySpan<byte> ImageId => Span(0x020, 16);

    public uint Vmpl => UInt32(0x030);

    public ulong PlatformInfo => UInt64(0x040);

    /// <summary>0: VCEK, 1: VLEK, 7: none.</summary>
    public uint SigningKey => (UInt32(0x048) >> 2) & 7;

    public bool ChipKeyIsMasked => (UInt32(0x048) & MaskChipKeyBit) != 0;

    public ReadOnlyMemory<byte> ReportData => _bytes.Slice(0x050, 64);

    public ReadOnlySpan<byte> Measurement => Span(0x090, 48);

    public ReadOnlySpan<byte> HostData => Span(0x0C0, 32);

    public ReadOnlySpan<byte> IdKeyDigest => Span(0x0E0, 48);

    public ReadOnlySpan<byte> AuthorKeyDigest => Span(0x110, 48);

    public ReadOnlySpan<byte> ReportId => Span(0x140, 32);

    public ulong ReportedTcb => UInt64(0x180);

    /// <summary>Family, model, stepping; zeros before version 3.</summary>
    public ReadOnlySpan<byte> Cpuid => Span(0x188, 3);

    public ReadOnlySpan<byte> ChipId => Span(0x1A0, ChipIdLength);

    public ulong CommittedTcb => UInt64(0x1E0);

    public ulong LaunchTcb => UInt64(0x1F0);

    public ReadOnlySpan<byte> Signed => Span(0, SignatureOffset);

    public static Refusal TryRead(ReadOnlyMemory<byte> bytes, out SnpReport report)
    {
        report = new SnpReport(bytes);
        if (bytes.Length < Length) return Refusal.ReportTooShort;
        if (bytes.Length > Length) return Refusal.ReportMalformed;
        if (report.Version is not (2 or 3 or 5)) return Refusal.UnsupportedReportVersion;
        if (report.UInt32(0x034) != EcdsaP384Sha384) return Refusal.UnsupportedSigAlgo;
        if (report.SigningKey is not (0 or 1)) return Refusal.UnsupportedSigningKey;
        return report.Vmpl > MaxVmpl ? Refusal.ReportMalformed : Refusal.None;
    }

    /// <summary>The signature as r || s, big-endian; false if a scalar does not fit or the rest of the field is not zero.</summary>
    public bool TryGetSignature(Span<byte> fixedWidth)
    {
        var half = fixedWidth.Length / 2;
        var field = _bytes.Span[SignatureOffset..];
        return !field[(2 * ScalarLength)..].ContainsAnyExcept((byte)0)
            && TryReverse(field[..ScalarLength], fixedWidth[..half])
            && TryReverse(field.Slice(ScalarLength, ScalarLength), fixedWidth[half..]);
    }

    private static bool TryReverse(ReadOnlySpan<byte> littleEndian, Span<byte> bigEndian)
    {
        if (littleEndian[bigEndian.Length..].ContainsAnyExcept((byte)0)) return false;
        littleEndian[..bigEndian.Length].CopyTo(bigEndian);
        bigEndian.Reverse();
        return true;
    }

    private ReadOnlySpan<byte> Span(int offset, int length) => _bytes.Span.Slice(offset, length);

    private uint UInt32(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.Span[offset..]);

    private ulong UInt64(int offset) => BinaryPrimitives.ReadUInt64LittleEndian(_bytes.Span[offset..]);
}
