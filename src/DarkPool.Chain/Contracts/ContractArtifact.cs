using System.Text.Json;
using DarkPool.Chain.Abi;

namespace DarkPool.Chain.Contracts;

/// <summary>A contract as the build compiled it: its interface and its creation code.</summary>
internal sealed class ContractArtifact
{
    private ContractArtifact(string name, byte[] bytecode, IReadOnlyList<AbiMember> members)
    {
        Name = name;
        Bytecode = bytecode;
        Members = members;
    }

    public string Name { get; }

    /// <summary>The code that creates the contract; the constructor's arguments follow it.</summary>
    public byte[] Bytecode { get; }

    /// <summary>Functions, events and errors.</summary>
    public IReadOnlyList<AbiMember> Members { get; }

    /// <summary>Reads a contract that is embedded in this assembly, or in another that compiles its own.</summary>
    public static ContractArtifact Load(string name, System.Reflection.Assembly? assembly = null)
    {
        using var stream = (assembly ?? typeof(ContractArtifact).Assembly).GetManifestResourceStream($"contracts/{name}.json")
            ?? throw new FileNotFoundException($"No contract {name} is embedded");
        using var document = JsonDocument.Parse(stream);
        var root = document.RootElement;
        var members = root.GetProperty("abi").EnumerateArray().Where(m => m.TryGetProperty("name", out _)).Select(Member);
        return new ContractArtifact(name, EvmHex.Decode(root.GetProperty("bytecode").GetString()), [.. members]);
    }

    private static AbiMember Member(JsonElement member)
    {
        var types = string.Join(',', member.GetProperty("inputs").EnumerateArray().Select(CanonicalType));
        var signature = new AbiSignature($"{member.GetProperty("name").GetString()}({types})");
        return new AbiMember(member.GetProperty("type").GetString()!, signature);
    }

    private static string CanonicalType(JsonElement input)
    {
        var type = input.GetProperty("type").GetString()!;
        if (!type.StartsWith("tuple", StringComparison.Ordinal)) return type;
        return $"({string.Join(',', input.GetProperty("components").EnumerateArray().Select(CanonicalType))}){type["tuple".Length..]}";
    }
}

/// <summary>A member of a contract's interface.</summary>
/// <param name="Kind"><c>function</c>, <c>event</c> or <c>error</c>.</param>
/// <param name="Signature">Its canonical signature.</param>
internal sealed record AbiMember(string Kind, AbiSignature Signature);
