using System.Collections.Immutable;
using DarkPool.Chain.Settlement;
using DarkPool.Chain.Signing;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Settlement;

namespace DarkPool.Chain.Tests;

/// <summary>Random settlement batches, reproducible from a seed.</summary>
internal sealed class Batches(int seed, ulong chainId, EvmAddress registry, EvmKey enclave)
{
    private readonly Random _random = new(seed);

    /// <summary>A chain of signed batches that follow each other from the first.</summary>
    public List<SignedBatch> Chain(int count, uint shard = 1)
    {
        var chain = new List<SignedBatch>();
        for (var i = 0; i < count; i++) chain.Add(Sign(Next(chain.LastOrDefault()?.Batch, shard)));
        return chain;
    }

    public SettlementBatch Next(SettlementBatch? previous, uint shard = 1)
    {
        var first = checked((previous?.LastBlock ?? 0) + 1);
        return new SettlementBatch(
            shard,
            checked((previous?.Sequence ?? 0) + 1),
            first,
            first + (ulong)_random.Next(1000),
            _random.NextInt64(),
            previous?.StateRoot ?? default,
            Word(),
            Word(),
            Word(),
            Markets(_random.Next(4)));
    }

    /// <summary>A batch with any values that its fields can have.</summary>
    public SettlementBatch Any() => new(
        (uint)_random.NextInt64(uint.MaxValue),
        (ulong)_random.NextInt64(long.MinValue, long.MaxValue),
        (ulong)_random.NextInt64(long.MinValue, long.MaxValue),
        (ulong)_random.NextInt64(long.MinValue, long.MaxValue),
        _random.NextInt64(long.MinValue, long.MaxValue),
        Word(),
        Word(),
        Word(),
        Word(),
        Markets(_random.Next(6)));

    public SignedBatch Sign(SettlementBatch batch) => Sign(batch, enclave);

    public SignedBatch Sign(SettlementBatch batch, EvmKey key) =>
        new(batch, key.Sign(SettlementDigest.Compute(batch, chainId, registry)).ToArray());

    private ImmutableArray<MarketSettlement> Markets(int count) =>
        [.. Enumerable.Range(1, count).Select(i => new MarketSettlement(
            (uint)i * 7, (uint)_random.Next(), _random.NextInt64(long.MinValue, long.MaxValue), Big(), Big()))];

    private Bytes32 Word()
    {
        var bytes = new byte[Bytes32.Size];
        _random.NextBytes(bytes);
        return new Bytes32(bytes);
    }

    private UInt128 Big() => new((ulong)_random.NextInt64(), (ulong)_random.NextInt64(long.MinValue, long.MaxValue));
}
