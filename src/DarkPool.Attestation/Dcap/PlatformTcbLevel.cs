namespace DarkPool.Attestation.Dcap;

/// <summary>A TCB level of a platform: what its components must at least have for its status.</summary>
internal sealed record PlatformTcbLevel(
    byte[] SgxComponents, byte[] TdxComponents, uint PceSvn, DateTimeOffset Date, TcbStatus Status, IReadOnlyList<string> Advisories)
{
    /// <summary>
    /// Highest first, compared by SGX components, then PCESVN, then TDX components: the order in which Intel's library tries them,
    /// whatever the order in the document.
    /// </summary>
    public static IReadOnlyList<PlatformTcbLevel> ReadAll(CollateralObject tcbInfo, bool isTdx) =>
    [
        .. tcbInfo.Objects("tcbLevels").Select(level => Read(level, isTdx))
            .OrderDescending(Comparer<PlatformTcbLevel>.Create(Compare)),
    ];

    /// <summary>Whether the platform's SGX components and PCESVN all reach this level.</summary>
    public bool IsReachedBy(ReadOnlySpan<byte> sgxComponents, int pceSvn) => AllReach(sgxComponents, SgxComponents, 0) && pceSvn >= PceSvn;

    /// <summary>
    /// Whether the TDX components reach this level. From module major version 1 on (SVN[1] above 0) the first two describe the module,
    /// which has levels of its own.
    /// </summary>
    public bool IsReachedByTdx(ReadOnlySpan<byte> tdxSvn) => AllReach(tdxSvn, TdxComponents, tdxSvn[1] > 0 ? 2 : 0);

    private static bool AllReach(ReadOnlySpan<byte> actual, ReadOnlySpan<byte> needed, int from)
    {
        for (var index = from; index < needed.Length; index++)
        {
            if (actual[index] < needed[index]) return false;
        }

        return true;
    }

    private static int Compare(PlatformTcbLevel left, PlatformTcbLevel right)
    {
        var bySgx = left.SgxComponents.AsSpan().SequenceCompareTo(right.SgxComponents);
        if (bySgx != 0) return bySgx;
        return left.PceSvn != right.PceSvn
            ? left.PceSvn.CompareTo(right.PceSvn)
            : left.TdxComponents.AsSpan().SequenceCompareTo(right.TdxComponents);
    }

    private static PlatformTcbLevel Read(CollateralObject level, bool isTdx)
    {
        var tcb = level.Object("tcb");
        return new PlatformTcbLevel(
            Components(tcb, "sgxtcbcomponents"),
            isTdx ? Components(tcb, "tdxtcbcomponents") : [],
            tcb.Number("pcesvn"),
            level.Time("tcbDate"),
            level.Status(
                TcbStatus.UpToDate, TcbStatus.SWHardeningNeeded, TcbStatus.ConfigurationNeeded,
                TcbStatus.ConfigurationAndSWHardeningNeeded, TcbStatus.OutOfDate,
                TcbStatus.OutOfDateConfigurationNeeded, TcbStatus.Revoked),
            level.Advisories());
    }

    private static byte[] Components(CollateralObject tcb, string name)
    {
        byte[] components = [.. tcb.Objects(name).Select(component => component.SmallNumber("svn"))];
        return components.Length == PckCertificate.ComponentCount
            ? components
            : throw new System.Text.Json.JsonException($"{name}: not {PckCertificate.ComponentCount} components");
    }
}
