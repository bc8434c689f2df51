using System.Globalization;

namespace DarkPool.EventStore.Facts;

/// <summary>Names of the event streams. They are stored, so they never change.</summary>
public static class StreamKeys
{
    /// <summary>Changes of the venue's parameters that governance ordered and the enclave executed.</summary>
    public const string Governance = "governance";

    /// <summary>The log of a shard: its blocks, their public results, its sequencer epochs and snapshots.</summary>
    public static string Shard(uint shard) => string.Create(CultureInfo.InvariantCulture, $"shard/{shard}");

    /// <summary>The life of a shard's enclave: evidence, registration, key epochs.</summary>
    public static string Enclave(uint shard) => string.Create(CultureInfo.InvariantCulture, $"enclave/{shard}");

    /// <summary>What happened to settlement batches on a chain, by EIP-155 chain id.</summary>
    public static string Publication(ulong chainId) => string.Create(CultureInfo.InvariantCulture, $"publication/{chainId}");

    /// <summary>Deposits seen in the vault on a chain, by EIP-155 chain id.</summary>
    public static string Deposit(ulong chainId) => string.Create(CultureInfo.InvariantCulture, $"deposit/{chainId}");

    /// <summary>Signed prices of a feed.</summary>
    public static string Oracle(uint feed) => string.Create(CultureInfo.InvariantCulture, $"oracle/{feed}");
}
