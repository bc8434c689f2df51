using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using DarkPool.Protocol.Identity;

namespace DarkPool.Protocol.Settlement;

/// <summary>The public result of one or more blocks (docs/PROTOCOL.md section 9); the enclave signs its EIP-712 digest.</summary>
/// <param name="Shard">Number of the shard.</param>
/// <param name="Sequence">Number of the batch, from 1 without gaps.</param>
/// <param name="FirstBlock">First block that it covers.</param>
/// <param name="LastBlock">Last block that it covers.</param>
/// <param name="Time">Time of the last block, microseconds since 1970.</param>
/// <param name="PreviousRoot">State root of the previous batch; zeros in the first.</param>
/// <param name="StateRoot">State root after the last block.</param>
/// <param name="EntitlementRoot">Merkle root over what every account is entitled to.</param>
/// <param name="LogHead">Head of the log after the last block.</param>
/// <param name="Markets">What each market settles, ascending by market, each at most once.</param>
public sealed record SettlementBatch(
    uint Shard,
    ulong Sequence,
    ulong FirstBlock,
    ulong LastBlock,
    long Time,
    Bytes32 PreviousRoot,
    Bytes32 StateRoot,
    Bytes32 EntitlementRoot,
    Bytes32 LogHead,
    ImmutableArray<MarketSettlement> Markets)
{
    /// <summary>Bytes in front of the markets.</summary>
    public const int FixedSize = 168;

    /// <summary>The most markets in a batch: one transaction must be able to carry it.</summary>
    public const int MaxMarkets = 256;

    private const ushort Version = 1;

    /// <summary>Encodes the batch.</summary>
    /// <returns>The bytes.</returns>
    /// <exception cref="InvalidOperationException">Too many markets, or they do not ascend.</exception>
    public byte[] Encode()
    {
        if (Markets.Length > MaxMarkets || !Ascend(Markets.AsSpan()))
            throw new InvalidOperationException($"A batch has at most {MaxMarkets} markets, ascending.");
        var bytes = new byte[FixedSize + (Markets.Length * MarketSettlement.Size)];
        var span = bytes.AsSpan();
        BinaryPrimitives.WriteUInt16LittleEndian(span, Version);
        BinaryPrimitives.WriteUInt16LittleEndian(span[2..], (ushort)Markets.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(span[4..], Shard);
        BinaryPrimitives.WriteUInt64LittleEndian(span[8..], Sequence);
        BinaryPrimitives.WriteUInt64LittleEndian(span[16..], FirstBlock);
        BinaryPrimitives.WriteUInt64LittleEndian(span[24..], LastBlock);
        BinaryPrimitives.WriteInt64LittleEndian(span[32..], Time);
        PreviousRoot.CopyTo(span[40..]);
        StateRoot.CopyTo(span[72..]);
        EntitlementRoot.CopyTo(span[104..]);
        LogHead.CopyTo(span[136..]);
        for (var index = 0; index < Markets.Length; index++)
            Markets[index].Write(span[(FixedSize + (index * MarketSettlement.Size))..]);
        return bytes;
    }

    /// <summary>Reads a batch.</summary>
    /// <param name="source">Exactly its bytes.</param>
    /// <param name="batch">The batch, or null.</param>
    /// <returns>
    /// False for another version or length, a sequence of 0, blocks that run backwards, or markets that do not ascend.
    /// </returns>
    public static bool TryRead(ReadOnlySpan<byte> source, [NotNullWhen(true)] out SettlementBatch? batch)
    {
        batch = null;
        if (source.Length < FixedSize || BinaryPrimitives.ReadUInt16LittleEndian(source) != Version) return false;
        int count = BinaryPrimitives.ReadUInt16LittleEndian(source[2..]);
        if (count > MaxMarkets || source.Length != FixedSize + (count * MarketSettlement.Size)) return false;
        var markets = new MarketSettlement[count];
        for (var index = 0; index < count; index++)
            markets[index] = MarketSettlement.Read(source[(FixedSize + (index * MarketSettlement.Size))..]);

        var read = new SettlementBatch(
            BinaryPrimitives.ReadUInt32LittleEndian(source[4..]),
            BinaryPrimitives.ReadUInt64LittleEndian(source[8..]),
            BinaryPrimitives.ReadUInt64LittleEndian(source[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(source[24..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[32..]),
            new Bytes32(source.Slice(40, Bytes32.Size)),
            new Bytes32(source.Slice(72, Bytes32.Size)),
            new Bytes32(source.Slice(104, Bytes32.Size)),
            new Bytes32(source.Slice(136, Bytes32.Size)),
            ImmutableCollectionsMarshal.AsImmutableArray(markets));
        if (read.Sequence == 0 || read.FirstBlock == 0 || read.FirstBlock > read.LastBlock || !Ascend(markets)) return false;
        batch = read;
        return true;
    }

    private static bool Ascend(ReadOnlySpan<MarketSettlement> markets)
    {
        for (var index = 1; index < markets.Length; index++)
        {
            if (markets[index - 1].Market >= markets[index].Market) return false;
        }

        return true;
    }
}
