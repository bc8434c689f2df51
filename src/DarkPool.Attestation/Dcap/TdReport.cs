namespace DarkPool.Attestation.Dcap;

/// <summary>
/// A TD report body (Intel TDX DCAP Quoting Library API, appendix A.3), 584 bytes, in TDX 1.5 followed by 64 more:
/// <code>
///   0   16  TEE_TCB_SVN (0: TDX module SVN, 1: TDX module major version, 2: late microcode)
///  16   48  MRSEAM
///  64   48  MRSIGNERSEAM
/// 112    8  SEAMATTRIBUTES
/// 120    8  TDATTRIBUTES (bit 0: DEBUG)
/// 128    8  XFAM
/// 136   48  MRTD
/// 184   48  MRCONFIGID
/// 232   48  MROWNER
/// 280   48  MROWNERCONFIG
/// 328  192  RTMR0 to RTMR3
/// 520   64  report data
/// 584   16  TEE_TCB_SVN2 (1.5): that of the module now running
/// 600   48  MRSERVICETD (1.5)
/// </code>
/// </summary>
internal readonly struct TdReport(ReadOnlyMemory<byte> bytes)
{
    public const int Length10 = 584;
    public const int Length15 = 648;
    public const int RegisterLength = 48;
    public const int RegisterCount = 4;

    private const byte DebugBit = 1;

    public bool IsTdx15 => bytes.Length == Length15;

    public ReadOnlySpan<byte> TcbSvn => bytes.Span[..16];

    public ReadOnlySpan<byte> MrSeam => bytes.Span.Slice(16, RegisterLength);

    public ReadOnlySpan<byte> MrSignerSeam => bytes.Span.Slice(64, RegisterLength);

    public ReadOnlySpan<byte> SeamAttributes => bytes.Span.Slice(112, 8);

    public ReadOnlySpan<byte> Attributes => bytes.Span.Slice(120, 8);

    public bool IsDebug => (Attributes[0] & DebugBit) != 0;

    public ReadOnlySpan<byte> Xfam => bytes.Span.Slice(128, 8);

    public ReadOnlySpan<byte> MrTd => bytes.Span.Slice(136, RegisterLength);

    public ReadOnlySpan<byte> MrConfigId => bytes.Span.Slice(184, RegisterLength);

    public ReadOnlySpan<byte> MrOwner => bytes.Span.Slice(232, RegisterLength);

    public ReadOnlySpan<byte> MrOwnerConfig => bytes.Span.Slice(280, RegisterLength);

    public ReadOnlyMemory<byte> ReportData => bytes.Slice(520, 64);

    /// <summary>Empty in TDX 1.0.</summary>
    public ReadOnlySpan<byte> TcbSvn2 => IsTdx15 ? bytes.Span.Slice(584, 16) : [];

    /// <summary>Empty in TDX 1.0.</summary>
    public ReadOnlySpan<byte> MrServiceTd => IsTdx15 ? bytes.Span.Slice(600, RegisterLength) : [];

    public ReadOnlySpan<byte> Rtmr(int index) => bytes.Span.Slice(328 + (index * RegisterLength), RegisterLength);
}
