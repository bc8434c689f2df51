namespace DarkPool.Attestation;

/// <summary>
/// How current the platform's trusted computing base is, best first (Intel's TCB status names; SEV-SNP evidence that matches its
/// certificate counts as <see cref="UpToDate"/> and is held to a minimum TCB by the policy instead).
/// The order is what "at least" means in a policy.
/// </summary>
public enum TcbStatus
{
    /// <summary>No known weakness is unmitigated.</summary>
    UpToDate = 0,

    /// <summary>Current, but the program itself must carry mitigations.</summary>
    SWHardeningNeeded = 1,

    /// <summary>The TDX module was updated after this domain was launched: launch it again.</summary>
    TDRelaunchAdvised = 2,

    /// <summary>Current, but the platform's settings may expose it.</summary>
    ConfigurationNeeded = 3,

    /// <summary>Both <see cref="SWHardeningNeeded"/> and <see cref="ConfigurationNeeded"/>.</summary>
    ConfigurationAndSWHardeningNeeded = 4,

    /// <summary>Both <see cref="TDRelaunchAdvised"/> and <see cref="ConfigurationNeeded"/>.</summary>
    TDRelaunchAdvisedConfigurationNeeded = 5,

    /// <summary>Updates for known weaknesses are missing.</summary>
    OutOfDate = 6,

    /// <summary>Both <see cref="OutOfDate"/> and <see cref="ConfigurationNeeded"/>.</summary>
    OutOfDateConfigurationNeeded = 7,

    /// <summary>Known to be compromised. No policy can accept it.</summary>
    Revoked = 8,
}
