using DarkPool.Chain.Abi;
using DarkPool.Chain.Rpc;
using DarkPool.Protocol.Settlement;

namespace DarkPool.Chain.Settlement;

/// <summary>What a market settled, as the chain recorded it.</summary>
/// <param name="Sequence">Number of the batch.</param>
/// <param name="Market">The market's sums.</param>
public sealed record SettledMarket(ulong Sequence, MarketSettlement Market)
{
    internal static readonly AbiSignature MarketSettled = new("MarketSettled(uint64,uint32,int64,uint128,uint128,uint32)");

    /// <summary>Reads an event of the registry.</summary>
    /// <exception cref="FormatException">It is not a market's.</exception>
    internal static SettledMarket Read(EvmLog log)
    {
        if (log.Topics.Count != 3 || log.Topics[0] != MarketSettled.Topic) throw new FormatException("Not a market's event");
        var sequence = new AbiReader(log.Topics[1].Span).ReadUInt64();
        var market = new AbiReader(log.Topics[2].Span).ReadUInt32();
        var data = new AbiReader(log.Data);
        var price = data.ReadInt64();
        var quantity = data.ReadUInt128();
        var notional = data.ReadUInt128();
        return new SettledMarket(sequence, new MarketSettlement(market, data.ReadUInt32(), price, quantity, notional));
    }
}
