using System.Security.Cryptography;

namespace DarkPool.Attestation.Simulated;

/// <summary>
/// The simulated platform's root key: 32 random bytes in a file that only its owner reads. A real platform keeps this in hardware or in
/// a key service; here whoever reads the file can open what was sealed.
/// </summary>
internal static class PlatformRootFile
{
    public const string FileName = "simulated-platform-root.key";
    public const int KeyLength = 32;

    /// <summary>The key, made at the first call. Two processes that start at once end up with the same one. The caller zeroes it.</summary>
    public static byte[] ReadOrCreate(string directory)
    {
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path)) Create(directory, path);

        var key = File.ReadAllBytes(path);
        if (key.Length == KeyLength) return key;
        CryptographicOperations.ZeroMemory(key);
        throw new InvalidDataException($"The simulated platform's root key file has not {KeyLength} bytes.");
    }

    private static void Create(string directory, string path)
    {
        Directory.CreateDirectory(directory);
        var draft = Path.Combine(directory, $"{FileName}.{Path.GetRandomFileName()}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        var key = RandomNumberGenerator.GetBytes(KeyLength);
        try
        {
            using (var file = new FileStream(draft, options))
            {
                file.Write(key);
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was first; its key is the one.
            File.Delete(draft);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
