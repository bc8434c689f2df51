namespace DarkPool.Protocol.Tests.Vectors;

/// <summary>Where the shared vectors are: the folder that DARKPOOL_VECTORS names, else ../shared/vectors beside the repository.</summary>
internal static class VectorFiles
{
    public static IReadOnlyList<string> Find(string pattern, VectorOutput output)
    {
        var folder = Folder();
        if (folder is null)
        {
            output.Write($"vectors: no folder of vectors here, {pattern} not run");
            return [];
        }

        var files = Directory.GetFiles(folder, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        if (files.Length == 0) output.Write($"vectors: no file {pattern}");
        return files;
    }

    private static string? Folder()
    {
        var named = Environment.GetEnvironmentVariable("DARKPOOL_VECTORS");
        if (!string.IsNullOrEmpty(named)) return Directory.Exists(named) ? named : null;
        foreach (var start in new[] { AppContext.BaseDirectory, Directory.GetCurrentDirectory() })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (!File.Exists(Path.Combine(folder.FullName, "DarkPool.sln"))) continue;
                var beside = Path.Combine(folder.FullName, "..", "shared", "vectors");
                if (Directory.Exists(beside)) return beside;
            }
        }

        return null;
    }
}
