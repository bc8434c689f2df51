using System.Collections.Frozen;
using System.Buffers.Binary;
using DarkPool.Chain.Abi;

namespace DarkPool.Chain.Contracts;

/// <summary>The names of the custom errors of our contracts, by their selectors.</summary>
internal static class ContractErrors
{
    private static readonly FrozenDictionary<uint, string> Names = new[] { "DarkPoolVault", "SettlementRegistry", "TestToken" }
        .SelectMany(name => ContractArtifact.Load(name).Members)
        .Where(member => member.Kind == "error")
        .DistinctBy(member => member.Signature.Canonical)
        .ToFrozenDictionary(
            member => BinaryPrimitives.ReadUInt32BigEndian(member.Signature.Selector),
            member => member.Signature.Canonical[..member.Signature.Canonical.IndexOf('(', StringComparison.Ordinal)]);

    /// <summary>The name of the error that begins the revert data; empty if it is unknown.</summary>
    public static string NameOf(ReadOnlySpan<byte> revertData) =>
        revertData.Length >= AbiSignature.SelectorSize && Names.TryGetValue(BinaryPrimitives.ReadUInt32BigEndian(revertData), out var name)
            ? name
            : "";
}
