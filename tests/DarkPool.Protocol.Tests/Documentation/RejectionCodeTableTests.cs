using System.Globalization;
using System.Text.RegularExpressions;
using DarkPool.Protocol.Reports;
using Xunit;

namespace DarkPool.Protocol.Tests.Documentation;

/// <summary>The tables of rejection codes in docs/ name every code of the enum by its number, and no other.</summary>
public sealed partial class RejectionCodeTableTests
{
    /// <summary>Codes of orders; those of loans follow.</summary>
    private const int FirstOfLending = 64;

    [Fact]
    public void PROTOCOL_md_has_a_table_of_all_codes() =>
        Assert.Equal(Codes(below: int.MaxValue), Rows(Section("PROTOCOL.md", "### 5.1 Rejection codes", "\n## ")));

    [Fact]
    public void TRADING_md_tells_when_each_code_of_orders_is_given()
    {
        string section = Section("TRADING.md", "## Rejection codes", "\n## ");
        Assert.Equal(Codes(FirstOfLending), Rows(section));
        foreach (Match row in Explained().Matches(section)) Assert.NotEqual("", row.Groups[1].Value.Trim());
        Assert.Equal(Rows(section).Count, Explained().Count(section));
    }

    private static List<(int Code, string Name)> Codes(int below) => Enum.GetValues<RejectionCode>()
        .Where(code => code != RejectionCode.None && (int)code < below)
        .Select(code => ((int)code, code.ToString())).Order().ToList();

    private static List<(int Code, string Name)> Rows(string section) => Row().Matches(section)
        .Select(row => (int.Parse(row.Groups[1].Value, CultureInfo.InvariantCulture), row.Groups[2].Value)).Order().ToList();

    private static string Section(string page, string from, string to)
    {
        string text = RepositoryPage.Read(page);
        int start = text.IndexOf(from, StringComparison.Ordinal);
        Assert.True(start >= 0, $"docs/{page} has no section '{from}'.");
        int end = text.IndexOf(to, start + from.Length, StringComparison.Ordinal);
        return end < 0 ? text[start..] : text[start..end];
    }

    [GeneratedRegex(@"\| (\d+) \| (\w+) (?=\|)")]
    private static partial Regex Row();

    [GeneratedRegex(@"^\| \d+ \| \w+ \|([^|]+)\|$", RegexOptions.Multiline)]
    private static partial Regex Explained();
}
