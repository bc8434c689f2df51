using System.Text;
using System.Text.RegularExpressions;
using DarkPool.Attestation.Policies;
using Xunit;

namespace DarkPool.Attestation.Tests.Policies;

/// <summary>docs/ATTESTATION.md says what the code does.</summary>
public sealed partial class DocumentedPolicyTests
{
    private static readonly string Page = File.ReadAllText(Find());

    [Fact]
    public void The_example_is_a_policy()
    {
        var json = JsonBlock().Match(Page).Groups[1].Value;
        Assert.True(AttestationPolicy.TryParse(Encoding.UTF8.GetBytes(json), out var policy, out var error), error);
        Assert.Equal("production 2026", policy.Name);
        Assert.Single(policy.Measurements);
        Assert.Empty(policy.DevelopmentAnchors);
    }

    [Fact]
    public void Every_member_of_the_canonical_form_is_explained()
    {
        using var canonical = System.Text.Json.JsonDocument.Parse(
            (AttestationPolicy.Development with { PeerPolicies = [new string('a', 64)] }).ToCanonicalJson());
        var members = canonical.RootElement.EnumerateObject().Select(member => member.Name).ToList();
        members.AddRange(canonical.RootElement.GetProperty("tcb").EnumerateObject().Select(member => member.Name));
        Assert.All(members, name => Assert.Contains(name, Page, StringComparison.Ordinal));
    }

    [Fact]
    public void The_number_of_refusals_is_right() =>
        Assert.Contains($"`Refusal` has {Enum.GetValues<Refusal>().Length - 1};", Page, StringComparison.Ordinal);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var page = Path.Combine(folder.FullName, "docs", "ATTESTATION.md");
            if (File.Exists(page)) return page;
        }

        throw new FileNotFoundException("docs/ATTESTATION.md is in no folder above the tests.");
    }

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex JsonBlock();
}
