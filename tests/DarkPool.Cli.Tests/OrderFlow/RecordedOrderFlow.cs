namespace DarkPool.Cli.Tests.OrderFlow;

/// <summary>Finds the recordings, which are not part of the repository: DARKPOOL_DATA, or shared/data beside the repository.</summary>
internal static class RecordedOrderFlow
{
    /// <summary>A file under the data folder by pattern, or null where the folder is absent.</summary>
    public static string? Find(string pattern)
    {
        string? data = Environment.GetEnvironmentVariable("DARKPOOL_DATA") ?? BesideRepository();
        return data is null || !Directory.Exists(data)
            ? null
            : Directory.EnumerateFiles(data, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal).FirstOrDefault();
    }

    private static string? BesideRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "DarkPool.sln")))
                return Path.Combine(folder.FullName, "..", "shared", "data");
        }
        return null;
    }
}
