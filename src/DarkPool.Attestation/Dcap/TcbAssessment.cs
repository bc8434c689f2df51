namespace DarkPool.Attestation.Dcap;

/// <summary>Which TCB levels a platform, its TDX module and its quoting enclave reach, and the status that follows.</summary>
internal sealed class TcbAssessment
{
    private TcbAssessment(PlatformTcbLevel platform, ModuleTcbLevel? module, ModuleTcbLevel qe)
    {
        Platform = platform;
        Module = module;
        Qe = qe;
        Advisories = [.. platform.Advisories.Concat(module?.Advisories ?? []).Concat(qe.Advisories).Distinct()];
    }

    public TcbStatus Status { get; private init; }

    public PlatformTcbLevel Platform { get; }

    /// <summary>The level of the TDX module; null for SGX and for modules of major version 0, which have none.</summary>
    public ModuleTcbLevel? Module { get; }

    public ModuleTcbLevel Qe { get; }

    public IReadOnlyList<string> Advisories { get; }

    /// <summary>Assesses an SGX platform.</summary>
    public static Refusal TryAssessSgx(TcbInfo tcbInfo, PckCertificate pck, ModuleTcbLevel qe, out TcbAssessment? assessment)
    {
        assessment = null;
        if (FindSgxLevel(tcbInfo, pck) is not { } level) return Refusal.TcbNotSupported;
        assessment = new TcbAssessment(level, null, qe) { Status = TcbStatusMerge.With(level.Status, qe.Status) };
        return Refusal.None;
    }

    /// <summary>Assesses a TDX platform.</summary>
    public static Refusal TryAssessTdx(TcbInfo tcbInfo, PckCertificate pck, TdReport td, ModuleTcbLevel qe, out TcbAssessment? assessment)
    {
        assessment = null;
        var refusal = TryFindModule(tcbInfo, td, out var module);
        if (refusal != Refusal.None) return refusal;
        if (FindSgxLevel(tcbInfo, pck) is not { } sgx) return Refusal.TcbNotSupported;
        if (FindTdxLevel(tcbInfo, pck, td.TcbSvn) is not { } level) return Refusal.TcbNotSupported;

        ModuleTcbLevel? moduleLevel = null;
        if (module is not null)
        {
            moduleLevel = ModuleTcbLevel.Match(module.Levels, td.TcbSvn[0]);
            if (moduleLevel is null) return Refusal.TcbNotSupported;
        }

        var status = TcbStatusMerge.With(level.Status, moduleLevel?.Status ?? TcbStatus.UpToDate);
        if (td.IsTdx15 && TcbStatusMerge.RelaunchMayHelp(sgx.Status, status, moduleLevel?.Status ?? TcbStatus.UpToDate, qe.Status))
        {
            refusal = IsRunningLatest(tcbInfo, td.TcbSvn2, out var latest);
            if (refusal != Refusal.None) return refusal;
            if (latest) status = TcbStatusMerge.Relaunch(sgx.Status, status);
        }

        assessment = new TcbAssessment(level, moduleLevel, qe) { Status = TcbStatusMerge.With(status, qe.Status) };
        return Refusal.None;
    }

    private static PlatformTcbLevel? FindSgxLevel(TcbInfo tcbInfo, PckCertificate pck)
    {
        foreach (var level in tcbInfo.Levels)
        {
            if (level.IsReachedBy(pck.Components, pck.PceSvn)) return level;
        }

        return null;
    }

    private static PlatformTcbLevel? FindTdxLevel(TcbInfo tcbInfo, PckCertificate pck, ReadOnlySpan<byte> tdxSvn)
    {
        foreach (var level in tcbInfo.Levels)
        {
            if (level.IsReachedBy(pck.Components, pck.PceSvn) && level.IsReachedByTdx(tdxSvn)) return level;
        }

        return null;
    }

    /// <summary>
    /// Checks that the module's signer and attributes are those allowed. From major version 1 on the module has an identity of its own.
    /// </summary>
    private static Refusal TryFindModule(TcbInfo tcbInfo, TdReport td, out TdxModule? identity)
    {
        var majorVersion = td.TcbSvn[1];
        identity = majorVersion > 0 ? tcbInfo.FindModule(majorVersion) : null;
        var allowed = majorVersion > 0 ? identity : tcbInfo.Module;
        return allowed is not null
            && td.MrSignerSeam.SequenceEqual(allowed.MrSigner)
            && !td.SeamAttributes.ContainsAnyExcept((byte)0)
            && !allowed.Attributes.AsSpan().ContainsAnyExcept((byte)0)
            ? Refusal.None
            : Refusal.TdxModuleMismatch;
    }

    /// <summary>Whether the module now running (TEE_TCB_SVN2) and the microcode reach the highest level.</summary>
    private static Refusal IsRunningLatest(TcbInfo tcbInfo, ReadOnlySpan<byte> svn2, out bool latest)
    {
        latest = false;
        var highest = tcbInfo.Levels[0];
        uint neededModule = highest.TdxComponents[0];
        if (svn2[1] > 0)
        {
            if (tcbInfo.FindModule(svn2[1]) is not { } running) return Refusal.TdxModuleMismatch;
            if (running.Levels.Count == 0) return Refusal.TcbNotSupported;
            neededModule = running.Levels[0].IsvSvn;
        }

        latest = svn2[0] >= neededModule && svn2[2] >= highest.TdxComponents[2];
        return Refusal.None;
    }
}
