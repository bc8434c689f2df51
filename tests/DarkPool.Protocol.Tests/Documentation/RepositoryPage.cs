namespace DarkPool.Protocol.Tests.Documentation;

/// <summary>Pages of docs/ in the repository that these tests were built in.</summary>
internal static class RepositoryPage
{
    public static string Read(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "DarkPool.sln")))
                return File.ReadAllText(Path.Combine(folder.FullName, "docs", name)).ReplaceLineEndings("\n");
        }

        throw new InvalidOperationException("The page is part of the repository that these tests were built in.");
    }
}
