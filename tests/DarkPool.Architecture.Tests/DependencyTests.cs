using System.Text.Json;
using Xunit;

namespace DarkPool.Architecture.Tests;

/// <summary>The arrows of dependency in docs/ARCHITECTURE.md.</summary>
public sealed class DependencyTests
{
    [Theory]
    [InlineData("DarkPool.Engine")]
    [InlineData("DarkPool.Protocol")]
    [InlineData("DarkPool.Attestation")]
    public void The_core_parts_know_nobody_of_ours(string project) => Assert.Empty(Repository.Reach(project));

    [Theory]
    [InlineData("DarkPool.Chain", "DarkPool.Protocol")]
    [InlineData("DarkPool.EventStore", "DarkPool.Protocol")]
    [InlineData("DarkPool.Client", "DarkPool.Attestation DarkPool.Protocol")]
    [InlineData("DarkPool.Enclave", "DarkPool.Attestation DarkPool.Chain DarkPool.Engine DarkPool.Protocol")]
    [InlineData("DarkPool.Host", "DarkPool.Chain DarkPool.EventStore DarkPool.Protocol")]
    public void A_part_reaches_only_what_the_architecture_allows(string project, string allowed) =>
        Assert.Subset(new HashSet<string>(allowed.Split(' ')), new HashSet<string>(Repository.Reach(project)));

    [Theory]
    [InlineData("DarkPool.Host")]
    [InlineData("DarkPool.Cli")]
    [InlineData("DarkPool.Client")]
    public void What_is_not_the_enclave_does_not_reach_the_engine(string project) =>
        Assert.DoesNotContain("DarkPool.Engine", Repository.Reach(project));

    [Fact]
    public void The_built_host_ships_neither_engine_nor_enclave()
    {
        var bin = Path.Combine(Repository.Root, "artifacts", "bin", "DarkPool.Host");
        var manifests = Directory.Exists(bin)
            ? Directory.GetFiles(bin, "DarkPool.Host.deps.json", SearchOption.AllDirectories)
            : [];
        foreach (var manifest in manifests)
        {
            using var json = JsonDocument.Parse(File.ReadAllText(manifest));
            var libraries = json.RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Name).ToList();
            Assert.Contains(libraries, name => name.StartsWith("DarkPool.Protocol/", StringComparison.Ordinal));
            Assert.DoesNotContain(libraries, name => name.StartsWith("DarkPool.Engine/", StringComparison.Ordinal));
            Assert.DoesNotContain(libraries, name => name.StartsWith("DarkPool.Enclave/", StringComparison.Ordinal));
        }
    }
}
