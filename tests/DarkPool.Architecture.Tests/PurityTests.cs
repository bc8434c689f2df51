using System.Text.RegularExpressions;
using Xunit;

namespace DarkPool.Architecture.Tests;

/// <summary>The engine is a pure state machine: same blocks, same roots, on any machine.</summary>
public sealed partial class PurityTests
{
    [Fact]
    public void The_engine_uses_no_clock_randomness_io_threads_or_floating_point() =>
        AssertNowhere(Repository.SourceFiles("src/DarkPool.Engine"), Impure());

    [Fact]
    public void Time_comes_from_a_TimeProvider() =>
        AssertNowhere(Repository.SourceFiles("src"), SystemClock());

    [Fact]
    public void Nothing_sleeps() =>
        AssertNowhere(Repository.SourceFiles().Where(file => !file.Path.StartsWith("tests/DarkPool.Architecture", StringComparison.Ordinal)), Sleeping());

    [Fact]
    public void Nothing_is_left_unfinished() =>
        AssertNowhere(Repository.SourceFiles().Where(file => !file.Path.StartsWith("tests/DarkPool.Architecture", StringComparison.Ordinal)), Unfinished());

    private static void AssertNowhere(IEnumerable<SourceFile> files, Regex forbidden)
    {
        var read = 0;
        var found = new List<string>();
        foreach (var file in files)
        {
            read++;
            for (var line = 0; line < file.Lines.Length; line++)
            {
                var code = file.Lines[line].TrimStart();
                if (!code.StartsWith("//", StringComparison.Ordinal) && forbidden.IsMatch(code)) found.Add($"{file}:{line + 1}: {code}");
            }
        }

        Assert.NotEqual(0, read);
        Assert.Empty(found);
    }

    [GeneratedRegex(@"\b(double|float|decimal|DateTime|DateTimeOffset|Stopwatch|Random|RandomNumberGenerator|Guid\.NewGuid|Task|Thread|Parallel|File|Socket|HttpClient|Environment|CultureInfo\.CurrentCulture|Console)\b(?!Exception)")]
    private static partial Regex Impure();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?Now\b")]
    private static partial Regex SystemClock();

    [GeneratedRegex(@"\bThread\.Sleep\b|\bTask\.Delay\b")]
    private static partial Regex Sleeping();

    [GeneratedRegex(@"\bNotImplementedException\b|\bTODO\b|\bFIXME\b|\bHACK\b|Skip\s*=\s*""")]
    private static partial Regex Unfinished();
}
