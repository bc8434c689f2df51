namespace DarkPool.Local.Processes;

/// <summary>
/// What a child prints: its last lines in memory for error messages, all of it in a file that is rotated once it is large.
/// </summary>
internal sealed class OutputLog : IDisposable
{
    /// <summary>Enough for the reason of a failed start.</summary>
    public const int RecentLimit = 50;

    /// <summary>A chatty child in an endless run must not fill the disk: two files of this size are kept.</summary>
    public const long FileLimit = 32 << 20;

    private readonly Lock _gate = new();
    private readonly Queue<string> _recent = new();
    private readonly string? _path;
    private StreamWriter? _file;

    public OutputLog(string? path)
    {
        _path = path;
        if (path is null) return;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        _file = Open(path);
    }

    public IReadOnlyList<string> Recent
    {
        get
        {
            lock (_gate) return [.. _recent];
        }
    }

    public void Add(string line)
    {
        lock (_gate)
        {
            if (_recent.Count == RecentLimit) _recent.Dequeue();
            _recent.Enqueue(line);
            if (_file is null) return;
            _file.WriteLine(line);
            if (_file.BaseStream.Position < FileLimit) return;
            _file.Dispose();
            File.Move(_path!, _path + ".1", overwrite: true);
            _file = Open(_path!);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    private static StreamWriter Open(string path) =>
        new(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete)) { AutoFlush = true };
}
