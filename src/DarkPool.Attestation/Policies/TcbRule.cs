namespace DarkPool.Attestation.Policies;

/// <summary>What a policy demands of the platform's trusted computing base.</summary>
public sealed record TcbRule
{
    /// <summary>The worst status accepted. <see cref="TcbStatus.Revoked"/> is never accepted, whatever stands here.</summary>
    public TcbStatus MinimumStatus { get; init; } = TcbStatus.UpToDate;

    /// <summary>
    /// Days after the date of the matched TCB level during which a status below the minimum is still accepted: time to patch.
    /// 0 to 3,650.
    /// </summary>
    public int GraceDays { get; init; }

    /// <summary>Advisories (for example <c>INTEL-SA-00615</c>) that may apply to a platform that is not up to date.</summary>
    public IReadOnlyList<string> ToleratedAdvisories { get; init; } = [];

    /// <summary>The lowest TCB evaluation number of the collateral (Intel).</summary>
    public uint MinimumEvaluationNumber { get; init; }

    /// <summary>Lowest accepted SVN by part (AMD: <c>bootloader</c>, <c>tee</c>, <c>snp</c>, <c>microcode</c>, <c>fmc</c>).</summary>
    public IReadOnlyDictionary<string, ulong> Amd { get; init; } = new SortedDictionary<string, ulong>(StringComparer.Ordinal);
}
