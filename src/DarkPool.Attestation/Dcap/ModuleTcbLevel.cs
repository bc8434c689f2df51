namespace DarkPool.Attestation.Dcap;

/// <summary>A TCB level of an enclave or module that is told by one SVN: the quoting enclave, a TDX module.</summary>
internal sealed record ModuleTcbLevel(uint IsvSvn, DateTimeOffset Date, TcbStatus Status, IReadOnlyList<string> Advisories)
{
    /// <summary>Highest SVN first, as Intel's library orders them.</summary>
    public static IReadOnlyList<ModuleTcbLevel> ReadAll(CollateralObject owner) =>
        [.. owner.Objects("tcbLevels").Select(Read).OrderByDescending(level => level.IsvSvn)];

    /// <summary>The first level that <paramref name="isvSvn"/> reaches; null if it is below all.</summary>
    public static ModuleTcbLevel? Match(IReadOnlyList<ModuleTcbLevel> levels, uint isvSvn) =>
        levels.FirstOrDefault(level => isvSvn >= level.IsvSvn);

    private static ModuleTcbLevel Read(CollateralObject level) => new(
        level.Object("tcb").Number("isvsvn"),
        level.Time("tcbDate"),
        level.Status(TcbStatus.UpToDate, TcbStatus.OutOfDate, TcbStatus.Revoked),
        level.Advisories());
}
