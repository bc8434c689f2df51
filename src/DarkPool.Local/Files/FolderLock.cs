using System.Globalization;

namespace DarkPool.Local.Files;

/// <summary>
/// Exclusive use of a data folder by one process: an advisory lock on a file in it. The kernel lets it go when the process ends,
/// however it ends.
/// </summary>
public sealed class FolderLock : IDisposable
{
    private const string FileName = "in-use";
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Creates the folder where needed and takes it.</summary>
    /// <exception cref="IOException">Another process, or another part of this one, uses the folder.</exception>
    public static FolderLock Take(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FileName);
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new IOException($"Another process uses the data folder {folder}", e);
        }

        file.SetLength(0);
        file.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
        file.Flush();
        return new FolderLock(file);
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();
}
