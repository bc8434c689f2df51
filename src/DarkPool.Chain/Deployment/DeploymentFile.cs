using System.Text.Json;
using System.Text.Json.Serialization;
using DarkPool.Protocol.Identity;

namespace DarkPool.Chain.Deployment;

/// <summary>A deployment as JSON, addresses being texts.</summary>
internal sealed record DeploymentFile(
    ulong ChainId, string Vault, string Registry, uint Shard, ulong Block, IReadOnlyList<DeploymentFile.Token> Tokens)
{
    public static VenueDeployment Read(string json)
    {
        var file = JsonSerializer.Deserialize(json, DeploymentJson.Default.DeploymentFile) ?? throw new FormatException("it is empty");
        return new VenueDeployment(
            file.ChainId,
            Parse(file.Vault),
            Parse(file.Registry),
            file.Shard,
            file.Block,
            [.. file.Tokens.Select(t => new DeployedToken(Parse(t.Address), t.Symbol, t.Decimals))]);
    }

    public static string Write(VenueDeployment deployment)
    {
        var tokens = deployment.Tokens.Select(t => new Token(t.Address.ToString(), t.Symbol, t.Decimals));
        var file = new DeploymentFile(
            deployment.ChainId,
            deployment.Vault.ToString(),
            deployment.Registry.ToString(),
            deployment.Shard,
            deployment.Block,
            [.. tokens]);
        return JsonSerializer.Serialize(file, DeploymentJson.Default.DeploymentFile);
    }

    private static EvmAddress Parse(string text) =>
        EvmAddress.TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is not an address");

    internal sealed record Token(string Address, string Symbol, byte Decimals);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(DeploymentFile))]
internal sealed partial class DeploymentJson : JsonSerializerContext;
