using System.Globalization;

namespace DarkPool.EndToEnd.Tests.Secrets;

/// <summary>Searches the memory image of a process by /proc/PID/mem: everything that is mapped, writable or not.</summary>
internal static class ProcessMemory
{
    private const int Piece = 8 * 1024 * 1024;

    /// <returns>Names of the patterns found, and the bytes searched.</returns>
    public static (HashSet<string> Found, long Searched) Search(int process, SecretPatterns patterns)
    {
        var found = new HashSet<string>();
        long searched = 0;
        var buffer = new byte[Piece];
        using var memory = new FileStream($"/proc/{process}/mem", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        foreach ((long start, long end) in Readable(process))
        {
            for (long at = start; at < end; at += Piece - patterns.Longest)
            {
                int length = Read(memory, at, buffer.AsSpan(0, (int)Math.Min(Piece, end - at)));
                searched += length;
                found.UnionWith(patterns.FindIn(buffer.AsMemory(0, length)));
            }
        }
        return (found, searched);
    }

    private static IEnumerable<(long Start, long End)> Readable(int process)
    {
        foreach (string line in File.ReadAllLines($"/proc/{process}/maps"))
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            // The kernel's own pages, which cannot be read this way, are the only ones in square brackets that begin so.
            if (fields[1][0] != 'r' || line.Contains("[vvar", StringComparison.Ordinal) || line.Contains("[vsys", StringComparison.Ordinal))
                continue;
            string[] range = fields[0].Split('-');
            if (long.TryParse(range[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out long start)
                && long.TryParse(range[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out long end))
            {
                yield return (start, end);
            }
        }
    }

    private static int Read(FileStream memory, long at, Span<byte> buffer)
    {
        try
        {
            memory.Position = at;
            return memory.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (IOException)
        {
            // Reserved, but nothing is there.
            return 0;
        }
    }
}
