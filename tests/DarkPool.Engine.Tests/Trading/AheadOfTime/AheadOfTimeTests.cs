using System.Diagnostics;
using DarkPool.Engine.Aot;
using DarkPool.Engine.Trading;
using Xunit;
using Xunit.Abstractions;

namespace DarkPool.Engine.Tests.Trading.AheadOfTime;

/// <summary>
/// The book alone in a program compiled ahead of time (tests/DarkPool.Engine.Aot): the compiler's warnings are errors, and it trades what
/// the runtime's own compiler makes of the same flow. Linking needs clang or gcc; where there is neither, native code is made and not run.
/// </summary>
public sealed class AheadOfTimeTests(ITestOutputHelper output) : IDisposable
{
    private const int Operations = 20_000;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    private readonly string _folder = Directory.CreateTempSubdirectory("darkpool-aot-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_book_compiled_ahead_of_time_prints_the_trades_of_the_book_compiled_just_in_time()
    {
        var program = Path.Combine(_folder, "out", "DarkPool.Engine.Aot");
        string[] common =
        [
            ProjectFile(), "-c", "Release", "--nologo", "-v", "quiet", "--artifacts-path", Path.Combine(_folder, "artifacts"),
            "-nodeReuse:false", "-p:UseSharedCompilation=false",
        ];
        var linker = new[] { "clang", "gcc" }.FirstOrDefault(IsInPath);
        if (linker is null)
        {
            // Up to the object file, as publishing does it. Any command that is there passes for a linker that is never called.
            string[] alone = ["-t:IlcCompile", "-p:_IsPublishing=true", "-p:CppCompilerAndLinker=true"];
            await RunAsync(DotNet(), ["build", .. common, .. alone]);
            Assert.NotEmpty(Directory.GetFiles(_folder, "DarkPool.Engine.Aot.o", SearchOption.AllDirectories));
            output.WriteLine("ahead of time: compiled without warnings; neither clang nor gcc is there to link it, so it was not run");
            return;
        }

        await RunAsync(DotNet(), ["publish", .. common, "-o", Path.GetDirectoryName(program)!]);
        var printed = await RunAsync(program, []);
        Assert.Equal(JustInTime(), printed);
        output.WriteLine($"ahead of time: {printed.Count(letter => letter == '\n')} lines equal, linked by {linker}");
    }

    private static string JustInTime()
    {
        var text = new StringWriter();
        var (book, tape) = (new ContinuousBook(), new Tape(text));
        Flow.Play(book, Operations, ref tape);
        tape.End(book);
        return text.ToString();
    }

    private static string ProjectFile()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "DarkPool.sln"))) folder = folder.Parent;
        return Path.Combine(folder.FullName, "tests", "DarkPool.Engine.Aot", "DarkPool.Engine.Aot.csproj");
    }

    /// <summary>The one that runs these tests.</summary>
    private static string DotNet() =>
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    private static bool IsInPath(string command) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, command)));

    private static async Task<string> RunAsync(string file, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };

        // What the test runner's build told its own children is not for this one.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            var printed = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            Assert.True(process.ExitCode == 0, $"{Path.GetFileName(file)} ended with {process.ExitCode}: {printed}{await error}");
            return printed;
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
