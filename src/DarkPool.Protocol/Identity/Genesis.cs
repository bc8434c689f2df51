using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;

namespace DarkPool.Protocol.Identity;

/// <summary>
/// What a venue is, for ever: its chain, its contracts, its shard and who governs it. Everything signed or sealed names its hash.
/// </summary>
public sealed class Genesis
{
    /// <summary>The most governance keys: their count is one byte.</summary>
    public const int MaxGovernanceKeys = 255;

    private const ushort Version = 1;
    private const int FixedSize = 2 + 8 + EvmAddress.Size + EvmAddress.Size + 4 + 1 + 1;

    private readonly byte[] _encoded;

    /// <summary>Makes a genesis from its parts.</summary>
    /// <param name="chainId">EIP-155 chain id.</param>
    /// <param name="vault">Address of the vault contract.</param>
    /// <param name="registry">Address of the settlement registry contract.</param>
    /// <param name="shard">Number of the shard.</param>
    /// <param name="governanceThreshold">How many keys must sign a governance command: 1 to the number of keys.</param>
    /// <param name="governanceKeys">1 to 255 distinct Ed25519 public keys, in any order.</param>
    /// <exception cref="ArgumentException">A key twice, no keys, too many keys, or a threshold that they cannot meet.</exception>
    public Genesis(
        ulong chainId, EvmAddress vault, EvmAddress registry, uint shard, int governanceThreshold, IEnumerable<Bytes32> governanceKeys)
    {
        ChainId = chainId;
        Vault = vault;
        Registry = registry;
        Shard = shard;
        GovernanceThreshold = governanceThreshold;
        GovernanceKeys = [.. governanceKeys.Order()];
        if (GovernanceKeys.Length is 0 or > MaxGovernanceKeys)
            throw new ArgumentException($"A venue has 1 to {MaxGovernanceKeys} governance keys.", nameof(governanceKeys));
        if (GovernanceKeys.Distinct().Count() != GovernanceKeys.Length)
            throw new ArgumentException("A governance key is named twice.", nameof(governanceKeys));
        if (governanceThreshold < 1 || governanceThreshold > GovernanceKeys.Length)
            throw new ArgumentException("The governance threshold is 1 to the number of keys.", nameof(governanceThreshold));

        _encoded = Encode();
        VenueId = Tagged("darkpool/v1/venue"u8, _encoded);
        GenesisHead = Tagged("darkpool/v1/genesis"u8, VenueId.Span);
    }

    /// <summary>EIP-155 chain id.</summary>
    public ulong ChainId { get; }

    /// <summary>Address of the vault contract.</summary>
    public EvmAddress Vault { get; }

    /// <summary>Address of the settlement registry contract.</summary>
    public EvmAddress Registry { get; }

    /// <summary>Number of the shard.</summary>
    public uint Shard { get; }

    /// <summary>How many governance keys must sign a command.</summary>
    public int GovernanceThreshold { get; }

    /// <summary>The governance keys, ascending.</summary>
    public ImmutableArray<Bytes32> GovernanceKeys { get; }

    /// <summary>The canonical bytes (docs/PROTOCOL.md section 1).</summary>
    public ReadOnlyMemory<byte> Encoded => _encoded;

    /// <summary><c>H("darkpool/v1/venue" ‖ genesis)</c>.</summary>
    public Bytes32 VenueId { get; }

    /// <summary><c>H("darkpool/v1/genesis" ‖ venue id)</c>: what block 1 names as its predecessor.</summary>
    public Bytes32 GenesisHead { get; }

    /// <summary>Reads a genesis file (see <see cref="GenesisFile"/>).</summary>
    /// <param name="json">Its text.</param>
    /// <returns>The genesis.</returns>
    /// <exception cref="FormatException">What is wrong with the text.</exception>
    public static Genesis Parse(string json) => GenesisFile.Parse(json);

    /// <summary>Whether a key is one of the governance keys.</summary>
    /// <param name="key">An Ed25519 public key.</param>
    /// <returns>True if it governs.</returns>
    public bool IsGovernanceKey(in Bytes32 key) => GovernanceKeys.BinarySearch(key) >= 0;

    /// <summary>The genesis as the text of a genesis file.</summary>
    /// <returns>JSON.</returns>
    public string ToJson() => GenesisFile.Write(this);

    private byte[] Encode()
    {
        var bytes = new byte[FixedSize + (GovernanceKeys.Length * Bytes32.Size)];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, Version);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(2), ChainId);
        Vault.CopyTo(bytes.AsSpan(10));
        Registry.CopyTo(bytes.AsSpan(30));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(50), Shard);
        bytes[54] = (byte)GovernanceThreshold;
        bytes[55] = (byte)GovernanceKeys.Length;
        var at = FixedSize;
        foreach (var key in GovernanceKeys)
        {
            key.CopyTo(bytes.AsSpan(at));
            at += Bytes32.Size;
        }

        return bytes;
    }

    private static Bytes32 Tagged(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> data)
    {
        byte[] message = [.. tag, .. data];
        return new Bytes32(SHA256.HashData(message));
    }
}
