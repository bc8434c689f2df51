namespace DarkPool.Engine.Tests;

/// <summary>Real order flow that is not part of the project: in the folder that DARKPOOL_DATA names, or beside the checkout.</summary>
internal static class SharedData
{
    /// <summary>The files of a pattern, in order of their names; none if there is no such folder.</summary>
    public static string[] Find(string pattern)
    {
        var folder = Environment.GetEnvironmentVariable("DARKPOOL_DATA") ?? BesideTheCheckout();
        return folder is null || !Directory.Exists(folder)
            ? [] : [.. Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories).Order()];
    }

    private static string? BesideTheCheckout()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "DarkPool.sln"))) root = root.Parent;
        return root?.Parent is { } parent ? Path.Combine(parent.FullName, "shared", "data") : null;
    }
}
