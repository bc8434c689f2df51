using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace DarkPool.EndToEnd.Tests.Compose;

/// <summary>What docker-compose.yml says of its services, with the defaults of its variables put in.</summary>
internal sealed partial class ComposeFile
{
    private readonly Dictionary<string, ComposeService> _services;

    private ComposeFile(Dictionary<string, ComposeService> services) => _services = services;

    public IEnumerable<ComposeService> Services => _services.Values;

    public ComposeService this[string name] => _services[name];

    /// <summary>Reads the file of this repository.</summary>
    public static ComposeFile OfRepository()
    {
        var yaml = new YamlStream();
        using var text = new StringReader(Variable().Replace(File.ReadAllText(Locate()), "$1"));
        yaml.Load(text);
        var services = (YamlMappingNode)yaml.Documents[0].RootNode["services"];
        return new ComposeFile(services.ToDictionary(
            service => Text(service.Key), service => Service(Text(service.Key), (YamlMappingNode)service.Value)));
    }

    private static ComposeService Service(string name, YamlMappingNode node) => new()
    {
        Name = name,
        Target = Child(node, "build") is YamlMappingNode build ? Text(build["target"]) : null,
        Command = Child(node, "command") is YamlSequenceNode command ? [.. command.Select(Text)] : [],
        Environment = Child(node, "environment") is YamlMappingNode variables
            ? variables.ToDictionary(variable => Text(variable.Key), variable => Text(variable.Value))
            : [],
        Volumes = Child(node, "volumes") is YamlSequenceNode volumes ? [.. volumes.Select(Text)] : [],
        Needs = Child(node, "depends_on") is YamlMappingNode needs
            ? needs.ToDictionary(need => Text(need.Key), need => Text(need.Value["condition"]))
            : [],
        HealthCheck = Child(node, "healthcheck") is YamlMappingNode check ? [.. ((YamlSequenceNode)check["test"]).Select(Text)] : [],
        RestartsAlways = Child(node, "restart") is { } restart && Text(restart) == "always",
    };

    private static string Locate()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "docker-compose.yml");
            if (File.Exists(path))
                return path;
        }
        throw new FileNotFoundException("docker-compose.yml is not above the tests.");
    }

    private static YamlNode? Child(YamlMappingNode node, string name) =>
        node.Children.TryGetValue(name, out YamlNode? child) ? child : null;

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value ?? "";

    [GeneratedRegex(@"\$\{\w+:-(\w*)\}")]
    private static partial Regex Variable();
}

/// <summary>One service of it.</summary>
internal sealed record ComposeService
{
    public required string Name { get; init; }

    /// <summary>The stage of src/Dockerfile that its image comes from; null for an image of others.</summary>
    public required string? Target { get; init; }

    public required IReadOnlyList<string> Command { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>As <c>volume:path[:ro]</c>.</summary>
    public required IReadOnlyList<string> Volumes { get; init; }

    /// <summary>Other services by the condition that has to hold first.</summary>
    public required IReadOnlyDictionary<string, string> Needs { get; init; }

    public required IReadOnlyList<string> HealthCheck { get; init; }

    public required bool RestartsAlways { get; init; }
}
