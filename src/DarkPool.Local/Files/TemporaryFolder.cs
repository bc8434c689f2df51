namespace DarkPool.Local.Files;

/// <summary>A new folder under the system's temporary folder, deleted when disposed.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private TemporaryFolder(string fullPath) => FullPath = fullPath;

    /// <summary>The absolute path of the folder.</summary>
    public string FullPath { get; }

    /// <summary>Creates a folder that only this user can enter.</summary>
    /// <param name="name">Begins the folder's name; may hold spaces.</param>
    public static TemporaryFolder Create(string name) => new(Directory.CreateTempSubdirectory(name + "-").FullName);

    /// <summary>The absolute path of something inside the folder.</summary>
    public string Sub(string relative) => Path.Combine(FullPath, relative);

    /// <inheritdoc />
    public void Dispose()
    {
        if (Directory.Exists(FullPath)) Directory.Delete(FullPath, recursive: true);
    }
}
