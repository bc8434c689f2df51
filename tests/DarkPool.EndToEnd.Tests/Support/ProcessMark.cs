using System.Globalization;
using System.Text;

namespace DarkPool.EndToEnd.Tests.Support;

/// <summary>A variable of the environment that children inherit: it finds every process that came from one start. Linux only.</summary>
internal static class ProcessMark
{
    /// <summary>The variable's name.</summary>
    public const string Variable = "DARKPOOL_TEST_MARK";

    public static string Create() => Guid.NewGuid().ToString("N");

    /// <summary>Ids of the processes with this mark.</summary>
    public static IReadOnlyList<int> Find(string mark)
    {
        byte[] entry = Encoding.ASCII.GetBytes($"{Variable}={mark}");
        var found = new List<int>();
        if (!OperatingSystem.IsLinux())
            return found;
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int process) && Has(folder, entry))
                found.Add(process);
        }
        return found;
    }

    private static bool Has(string folder, byte[] entry)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(folder, "environ")).AsSpan().IndexOf(entry) >= 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or is another user's.
            return false;
        }
    }
}
