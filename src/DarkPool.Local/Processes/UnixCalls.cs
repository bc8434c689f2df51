using System.Runtime.InteropServices;

namespace DarkPool.Local.Processes;

/// <summary>The system calls that .NET has no method for.</summary>
internal static partial class UnixCalls
{
    /// <summary>Whether this process runs as root.</summary>
    public static bool IsRoot => !OperatingSystem.IsWindows() && geteuid() == 0;

    /// <summary>Sends a signal; false when there is no such process or it is not ours.</summary>
    public static bool Signal(int process, StopSignal signal) => kill(process, (int)signal) == 0;

    /// <summary>Gives a file or folder to an account.</summary>
    /// <exception cref="IOException">It is not ours to give.</exception>
    public static void ChangeOwner(string path, uint user, uint group)
    {
        if (chown(path, user, group) != 0)
        {
            throw new IOException($"The owner of {path} cannot be changed: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

#pragma warning disable IDE1006, SA1300 // The names of the C library.
    [LibraryImport("libc", SetLastError = true)]
    private static partial uint geteuid();

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int pid, int sig);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int chown(string path, uint owner, uint group);
#pragma warning restore IDE1006, SA1300
}
