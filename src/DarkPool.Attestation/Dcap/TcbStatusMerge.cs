namespace DarkPool.Attestation.Dcap;

/// <summary>How the statuses of a platform's parts become one, as Intel's Quote Verification Library does it.</summary>
internal static class TcbStatusMerge
{
    /// <summary>A platform's status with that of its TDX module or of its quoting enclave: up to date, out of date or revoked.</summary>
    public static TcbStatus With(TcbStatus platform, TcbStatus part) => part switch
    {
        TcbStatus.Revoked => TcbStatus.Revoked,
        TcbStatus.OutOfDate => platform switch
        {
            TcbStatus.UpToDate or TcbStatus.SWHardeningNeeded => TcbStatus.OutOfDate,
            TcbStatus.ConfigurationNeeded or TcbStatus.ConfigurationAndSWHardeningNeeded => TcbStatus.OutOfDateConfigurationNeeded,
            _ => platform,
        },
        _ => platform,
    };

    /// <summary>
    /// Whether launching a TDX 1.5 domain again could mend an outdated status: everything but the module it was launched under is current.
    /// </summary>
    public static bool RelaunchMayHelp(TcbStatus sgx, TcbStatus tdx, TcbStatus module, TcbStatus qe) =>
        qe == TcbStatus.UpToDate
        && sgx is TcbStatus.UpToDate or TcbStatus.SWHardeningNeeded or TcbStatus.ConfigurationNeeded
            or TcbStatus.ConfigurationAndSWHardeningNeeded
        && tdx is TcbStatus.OutOfDate or TcbStatus.OutOfDateConfigurationNeeded
        && module == TcbStatus.OutOfDate;

    /// <summary>The status of a domain that should be launched again.</summary>
    public static TcbStatus Relaunch(TcbStatus sgx, TcbStatus tdx) =>
        NeedsConfiguration(sgx) || NeedsConfiguration(tdx) ? TcbStatus.TDRelaunchAdvisedConfigurationNeeded : TcbStatus.TDRelaunchAdvised;

    private static bool NeedsConfiguration(TcbStatus status) =>
        status is TcbStatus.ConfigurationNeeded or TcbStatus.OutOfDateConfigurationNeeded
            or TcbStatus.ConfigurationAndSWHardeningNeeded or TcbStatus.TDRelaunchAdvisedConfigurationNeeded;
}
