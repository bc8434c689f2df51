using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using DarkPool.Engine.Markets;
using DarkPool.Engine.Settlement;
using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Tests.Venues;

/// <summary>Every trade in a list until it is settled.</summary>
internal sealed class ReferenceSettlement(IReadOnlyDictionary<uint, MarketTerms> markets)
{
    private readonly List<(uint Market, long Price, ulong Lots, long Due)> _waiting = [];
    private long? _lastTime;

    public void Traded(uint market, long price, ulong lots, BlockTime now) =>
        _waiting.Add((market, price, lots, now.Microseconds + markets[market].PublicationDelayMicroseconds));

    /// <summary>What a block of that time settles, if the interval is over.</summary>
    public List<SettledMarket> Close(BlockTime now, long interval)
    {
        if (_lastTime is { } last && now.Microseconds - last < interval) return [];
        var due = _waiting.Where(trade => trade.Due <= now.Microseconds).ToList();
        if (due.Count == 0) return [];
        _waiting.RemoveAll(trade => trade.Due <= now.Microseconds);
        _lastTime = now.Microseconds;
        return [.. due.GroupBy(trade => trade.Market).OrderBy(market => market.Key).Select(market => Sum(market.Key, [.. market]))];
    }

    /// <summary>RFC 9162 section 2.1.1 as it is written: split at the largest power of two below the count.</summary>
    public static byte[] MerkleRoot(IReadOnlyList<byte[]> leaves)
    {
        if (leaves.Count == 0) return SHA256.HashData([]);
        if (leaves.Count == 1) return SHA256.HashData([0, .. leaves[0]]);
        var split = 1;
        while (split * 2 < leaves.Count) split *= 2;
        return SHA256.HashData([1, .. MerkleRoot([.. leaves.Take(split)]), .. MerkleRoot([.. leaves.Skip(split)])]);
    }

    /// <summary>What an account's leaf says: its key and its balances above zero.</summary>
    public static byte[] Entitlement(byte[] key, IEnumerable<(uint Asset, BigInteger Amount)> balances)
    {
        var leaf = new List<byte>(key);
        foreach (var (asset, amount) in balances.Where(balance => balance.Amount != 0).OrderBy(balance => balance.Asset))
        {
            var bytes = new byte[20];
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, asset);
            amount.ToByteArray(isUnsigned: true).CopyTo(bytes, 4);
            leaf.AddRange(bytes);
        }

        return [.. leaf];
    }

    private SettledMarket Sum(uint market, List<(uint Market, long Price, ulong Lots, long Due)> trades)
    {
        var lots = trades.Aggregate(BigInteger.Zero, (sum, trade) => sum + trade.Lots);
        var ticks = trades.Aggregate(BigInteger.Zero, (sum, trade) => sum + ((BigInteger)trade.Price * trade.Lots));
        return new SettledMarket(
            market, (uint)trades.Count, new Price((long)(ticks / lots)), (UInt128)lots, (UInt128)(ticks * markets[market].TickValue));
    }
}
