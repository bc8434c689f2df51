namespace DarkPool.Cli.Stack;

/// <summary>Files that nobody but their owner may read, replaced as a whole.</summary>
internal static class OwnerOnlyFile
{
    /// <summary>Writes the file so that a reader sees the old content or the new one.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string unfinished = path + ".unfinished";
        File.Delete(unfinished);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(unfinished, options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        File.Move(unfinished, path, overwrite: true);
    }

    /// <summary>Creates a folder that only its owner can enter.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
