using System.Globalization;

namespace DarkPool.Local.Processes;

/// <summary>
/// The unprivileged account under which a child of root runs, since PostgreSQL refuses root.
/// </summary>
/// <param name="User">Numeric user.</param>
/// <param name="Group">Numeric group.</param>
/// <param name="MayPassFolders">
/// Keep the one capability (CAP_DAC_OVERRIDE, as an ambient one) that lets the child enter folders which are closed to the account:
/// the data or the program may lie under root's home.
/// </param>
internal sealed record ServerAccount(uint User, uint Group, bool MayPassFolders)
{
    /// <summary>"nobody" of Linux and the BSDs in 16-bit form, the overflow user of user namespaces.</summary>
    public const uint Nobody = 65534;

    /// <summary>The arguments of setpriv (util-linux) that bring this about.</summary>
    public IEnumerable<string> SetprivArguments()
    {
        yield return "--reuid=" + User.ToString(CultureInfo.InvariantCulture);
        yield return "--regid=" + Group.ToString(CultureInfo.InvariantCulture);
        yield return "--clear-groups";
        if (!MayPassFolders) yield break;
        // Without this bit access(2), by which PostgreSQL looks for its programs, disregards the capabilities of an ordinary user.
        yield return "--securebits=+no_setuid_fixup";
        yield return "--inh-caps=-all,+dac_override";
        yield return "--ambient-caps=-all,+dac_override";
    }
}
