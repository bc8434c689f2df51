using System.Text;

namespace DarkPool.Local.Files;

/// <summary>Files and folders that nobody but their owner may read; on Windows the rights of the user's own folders hold.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    /// <summary>Creates the folder where needed, and closes it.</summary>
    /// <exception cref="IOException">The folder belongs to somebody else, who might have put it there to wait for us.</exception>
    public static void CreateFolder(string folder)
    {
        Directory.CreateDirectory(folder);
        if (OperatingSystem.IsWindows()) return;
        try
        {
            File.SetUnixFileMode(folder, OwnerFolder);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"The folder {folder} belongs to another user", e);
        }
    }

    /// <summary>Replaces the file by one that holds this text, on disk when the call returns.</summary>
    public static void Write(string path, string text)
    {
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerFile;
        using var file = new FileStream(path, options);
        file.Write(Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
    }
}
