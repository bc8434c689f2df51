using System.Text.Json;
using DarkPool.Protocol.Identity;

namespace DarkPool.Chain.Deployment;

/// <summary>The contracts of a venue on a chain.</summary>
/// <param name="ChainId">EIP-155 id of the chain.</param>
/// <param name="Vault">Address of the vault.</param>
/// <param name="Registry">Address of the settlement registry.</param>
/// <param name="Shard">The shard whose batches the registry records.</param>
/// <param name="Block">The block before the first contract: nothing of the venue is in it or before.</param>
/// <param name="Tokens">The tokens that the vault takes.</param>
public sealed record VenueDeployment(
    ulong ChainId, EvmAddress Vault, EvmAddress Registry, uint Shard, ulong Block, IReadOnlyList<DeployedToken> Tokens)
{
    /// <summary>Reads a deployment file.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static VenueDeployment Load(string path)
    {
        try
        {
            return DeploymentFile.Read(File.ReadAllText(path));
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new FormatException($"{path} is not a deployment file: {e.Message}", e);
        }
    }

    /// <summary>Writes a deployment file, whole or not at all.</summary>
    public void Save(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var unfinished = path + ".unfinished";
        File.WriteAllText(unfinished, DeploymentFile.Write(this));
        File.Move(unfinished, path, overwrite: true);
    }
}

/// <summary>A token that a venue's vault takes.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Symbol">Its short name.</param>
/// <param name="Decimals">How many decimal digits a base unit is away from the unit that people name.</param>
public sealed record DeployedToken(EvmAddress Address, string Symbol, byte Decimals);
