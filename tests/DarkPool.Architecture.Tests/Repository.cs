using System.Xml.Linq;

namespace DarkPool.Architecture.Tests;

/// <summary>The checkout these tests stand in: its source files and its graph of project references.</summary>
internal static class Repository
{
    private static readonly string[] SourceFolders = ["src", "tests", "perf"];

    public static string Root { get; } = FindRoot();

    public static IEnumerable<SourceFile> SourceFiles(params string[] folders) =>
        (folders.Length == 0 ? SourceFolders : folders)
        .Select(folder => Path.Combine(Root, folder))
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        .Where(path => !IsGenerated(path))
        .Order(StringComparer.Ordinal)
        .Select(path => new SourceFile(Path.GetRelativePath(Root, path).Replace('\\', '/'), File.ReadAllLines(path)));

    /// <summary>Names of the projects that a project's output can load: what it references, and what those reference.</summary>
    public static IReadOnlySet<string> Reach(string project)
    {
        var reached = new SortedSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(DirectReferences(project));
        while (open.TryPop(out var name))
        {
            if (reached.Add(name))
            {
                foreach (var next in DirectReferences(name)) open.Push(next);
            }
        }

        return reached;
    }

    public static IEnumerable<string> DirectReferences(string project)
    {
        var file = Directory.EnumerateFiles(Path.Combine(Root, "src", project), "*.csproj").Single();
        return XDocument.Load(file).Descendants("ProjectReference")
            .Where(reference => (string?)reference.Attribute("ReferenceOutputAssembly") != "false")
            .Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!.Value.Replace('\\', '/')));
    }

    private static bool IsGenerated(string path) =>
        path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        || path.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        || path.Contains($"{Path.DirectorySeparatorChar}node_modules{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DarkPool.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException(
            "These tests read the checkout: DarkPool.sln is in no folder above them.");
    }
}

/// <summary>A source file: its path from the root, with forward slashes, and its lines.</summary>
internal sealed record SourceFile(string Path, string[] Lines)
{
    public override string ToString() => Path;
}
