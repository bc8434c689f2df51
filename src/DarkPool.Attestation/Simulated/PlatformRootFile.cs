using System.Runtime.InteropServices;
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

            Publish(draft, path);
        }
        finally
        {
            File.Delete(draft);
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Gives a whole file its name unless another process was first: then its key is the one.</summary>
    private static void Publish(string draft, string path)
    {
        try
        {
            // File.Move looks whether there is such a file and then replaces it, on Unix in two steps.
            if (OperatingSystem.IsWindows()) File.Move(draft, path, overwrite: false);
            else if (Link(draft, path) != 0) throw new IOException($"{path} cannot be made: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
        catch (IOException) when (File.Exists(path))
        {
            // another process was first
        }
    }

    // link(2): fails if there is such a file, and else both names stand for one whole file.
    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string existing, [MarshalAs(UnmanagedType.LPUTF8Str)] string added);
}
