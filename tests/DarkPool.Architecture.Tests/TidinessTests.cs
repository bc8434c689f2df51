using System.Text.RegularExpressions;
using Xunit;

namespace DarkPool.Architecture.Tests;

/// <summary>The outer bounds of style. What lies inside them is a matter of taste; what lies outside is not.</summary>
public sealed partial class TidinessTests
{
    private const int MaxFileLines = 300;
    private const double ShareOfFilesBelowGoal = 0.9;
    private const int GoalFileLines = 250;
    private const int MaxColumns = 140;

    [Fact]
    public void No_file_is_longer_than_300_lines_and_nine_of_ten_are_below_250()
    {
        var files = Repository.SourceFiles().ToList();
        Assert.Empty(files.Where(file => file.Lines.Length > MaxFileLines).Select(file => $"{file}: {file.Lines.Length} lines"));
        Assert.True(files.Count(file => file.Lines.Length < GoalFileLines) >= files.Count * ShareOfFilesBelowGoal);
    }

    [Fact]
    public void No_line_is_longer_than_140_columns() =>
        Assert.Empty(
            from file in Repository.SourceFiles()
            where !file.Path.StartsWith("tests/DarkPool.Architecture", StringComparison.Ordinal)
            from numbered in file.Lines.Select((text, index) => (text, number: index + 1))
            where numbered.text.Length > MaxColumns
            select $"{file}:{numbered.number}: {numbered.text.Length} columns");

    [Fact]
    public void File_names_say_what_is_inside() =>
        Assert.DoesNotContain(Repository.SourceFiles(), file => VagueName().IsMatch(Path.GetFileNameWithoutExtension(file.Path)));

    [Fact]
    public void Namespaces_follow_folders()
    {
        var astray = new List<string>();
        foreach (var file in Repository.SourceFiles("src"))
        {
            var declaration = file.Lines.FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal));
            if (declaration is null) continue;
            var folders = Path.GetDirectoryName(file.Path)!.Replace('\\', '/').Split('/')[1..];
            var expected = string.Join('.', folders);
            if (declaration.TrimEnd(';')["namespace ".Length..] != expected) astray.Add($"{file}: {declaration} (expected {expected})");
        }

        Assert.Empty(astray);
    }

    [Fact]
    public void Every_test_name_is_a_sentence()
    {
        var names = from file in Repository.SourceFiles("tests")
                    from match in file.Lines.Zip(file.Lines.Skip(1))
                    where TestAttribute().IsMatch(match.First)
                    let method = MethodName().Match(match.Second)
                    where method.Success
                    select (file, name: method.Groups[1].Value);
        Assert.Empty(names.Where(test => !test.name.Contains('_', StringComparison.Ordinal)).Select(test => $"{test.file}: {test.name}"));
    }

    [GeneratedRegex("(Util|Utils|Utility|Utilities|Helper|Helpers|Manager|Common|Misc)$", RegexOptions.IgnoreCase)]
    private static partial Regex VagueName();

    [GeneratedRegex(@"^\s*\[(Fact|Property|Theory)\b[^\]]*\]\s*$")]
    private static partial Regex TestAttribute();

    [GeneratedRegex(@"^\s*public\s+(?:static\s+)?(?:async\s+)?[\w<>\?\.\[\]]+\s+(\w+)\(")]
    private static partial Regex MethodName();
}
