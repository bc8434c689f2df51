namespace DarkPool.Attestation.Testing.Vectors;

/// <summary>
/// The published vectors: the folder that DARKPOOL_VECTORS names, or <c>../shared/vectors</c> beside the checkout. They are not part of the
/// project, so tests that read them pass with a message where they are absent.
/// </summary>
internal static class VectorFolder
{
    public static string? Root { get; } = Find();

    /// <summary>A folder or file of the vectors; null, with a printed message, if it is absent.</summary>
    public static string? TryFind(string name)
    {
        var path = Root is null ? null : Path.Combine(Root, name);
        if (path is not null && (Directory.Exists(path) || File.Exists(path))) return path;
        Console.WriteLine($"vectors: {name} is absent, nothing was checked");
        return null;
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("DARKPOOL_VECTORS") is { Length: > 0 } named) return named;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "DarkPool.sln"))) continue;
            var shared = Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", "vectors"));
            return Directory.Exists(shared) ? shared : null;
        }

        return null;
    }
}
