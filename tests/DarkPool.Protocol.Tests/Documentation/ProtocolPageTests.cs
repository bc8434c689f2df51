using System.Text.RegularExpressions;
using Xunit;

namespace DarkPool.Protocol.Tests.Documentation;

/// <summary>
/// The worked examples on docs/PROTOCOL.md are what the code computes, byte for byte. A failure leaves what it computed in examples.actual.
/// </summary>
public sealed partial class ProtocolPageTests
{
    [Fact]
    public void The_examples_on_the_page_are_what_the_code_computes()
    {
        using var examples = new WorkedExamples();
        var computed = examples.All().ToDictionary(example => example.Name, example => example.Text);
        var page = RepositoryPage.Read("PROTOCOL.md");
        var shown = ExampleBlock().Matches(page).ToDictionary(match => match.Groups[1].Value, match => match.Value);
        if (!computed.OrderBy(pair => pair.Key).SequenceEqual(shown.OrderBy(pair => pair.Key)))
            File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "examples.actual"), string.Join("\n\n", computed.Values) + "\n");
        Assert.Equal(computed.Keys, shown.Keys);
        foreach (var (name, text) in computed) Assert.Equal(text, shown[name]);
    }

    [GeneratedRegex(@"```text\nexample: ([^\n]+)\n[^`]*```")]
    private static partial Regex ExampleBlock();
}
