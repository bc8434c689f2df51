using System.Diagnostics;
using DarkPool.Local.Tools;

namespace DarkPool.Local.Processes;

/// <summary>
/// Binds a child's life to this process's, even against kill -9. On Linux the program is started through two tools of util-linux that
/// replace themselves by it, so it keeps the process id: <c>setsid</c> takes it out of the terminal's group, so that Ctrl-C reaches only
/// this process, which ends its children in order; <c>setpriv</c> sets the parent-death signal and the account.
/// Elsewhere children are ended when this process ends by itself.
/// </summary>
internal static class ProcessGuard
{
    private static readonly string? Setpriv = OperatingSystem.IsLinux() ? UtilLinux("setpriv") : null;
    private static readonly string? Setsid = OperatingSystem.IsLinux() ? UtilLinux("setsid") : null;

    public static ProcessStartInfo StartInfo(ChildProcessOptions options)
    {
        var info = new ProcessStartInfo
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = options.WorkingFolder ?? "",
        };
        string[] command = [.. Prefix(options), options.FileName, .. options.Arguments];
        info.FileName = command[0];
        foreach (var argument in command.Skip(1)) info.ArgumentList.Add(argument);
        foreach (var (name, value) in options.Environment) info.Environment[name] = value;
        return info;
    }

    private static List<string> Prefix(ChildProcessOptions options)
    {
        if (Setpriv is null || Setsid is null)
        {
            return options.Account is null && !OperatingSystem.IsLinux() ? [] : throw new PlatformNotSupportedException(
                "Starting local servers needs setsid and setpriv (util-linux); without them give --postgres and --chain");
        }

        return
        [
            Setsid, Setpriv, "--pdeathsig", options.StopSignal == StopSignal.Interrupt ? "INT" : "TERM",
            .. options.Account?.SetprivArguments() ?? [], "--",
        ];
    }

    private static string? UtilLinux(string program)
    {
        var path = Toolchain.OnPath(program);
        if (path is null) return null;
        var target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.Name ?? program;
        // busybox has both names, but its setpriv knows no parent-death signal.
        return target.Contains("busybox", StringComparison.Ordinal) ? null : path;
    }
}
