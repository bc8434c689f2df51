namespace DarkPool.Cli.Processes;

/// <summary>
/// Finds the executables that are built beside this one: <c>artifacts/bin/DarkPool.Host/release/DarkPool.Host.dll</c> is a cousin of
/// <c>artifacts/bin/DarkPool.Cli/release/darkpool.dll</c>; a published layout has all of them in folders beside it.
/// </summary>
internal static class Executables
{
    /// <summary>The runtime that runs this process; an application host started by hand finds it on PATH.</summary>
    public static string Runtime =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";

    /// <summary>Path of the assembly of an executable.</summary>
    /// <exception cref="StackException">The executable was not built.</exception>
    public static string Find(string project)
    {
        string own = AppContext.BaseDirectory;
        string file = project + ".dll";
        string configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(own));
        string[] candidates =
        [
            Path.Combine(own, "..", "..", project, configuration, file),
            Path.Combine(own, project, file),
        ];
        return candidates.Select(Path.GetFullPath).FirstOrDefault(File.Exists)
            ?? throw new StackException($"{file} is not beside the command line ({own}); build the solution first.");
    }
}
