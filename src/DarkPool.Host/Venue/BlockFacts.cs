using DarkPool.EventStore.Facts;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Entries;
using DarkPool.Protocol.Link;

namespace DarkPool.Host.Venue;

/// <summary>The public facts in a block: what its deposits, prices and governance commands changed. Envelopes give none.</summary>
internal static class BlockFacts
{
    /// <summary>Facts of a block, in the order of its entries; what the enclave refused is none.</summary>
    internal static List<object> Of(ReadOnlySpan<byte> block, BlockExecution execution)
    {
        var facts = new List<object>();
        if (BlockReader.Open(block, out var reader) != BlockFault.None) return facts;
        var refused = execution.Refused.ToDictionary(refusal => refusal.Index, refusal => refusal.Code);
        var index = 0u;
        foreach (var entry in reader)
        {
            var fact = entry.Kind switch
            {
                EntryKind.Governance => OfGovernance(entry.Data, execution.Number, index),
                EntryKind.Deposit => OfDeposit(entry.Data, execution.Number, index),
                EntryKind.Price => OfPrice(entry.Data, execution.Number, index),
                _ => null,
            };
            if (fact is not null && !refused.ContainsKey(index)) facts.Add(fact);
            index++;
        }

        return facts;
    }

    private static object? OfGovernance(ReadOnlySpan<byte> entry, ulong block, uint index)
    {
        if (!GovernanceCommand.TryRead(entry, out var command)) return null;
        var at = new GovernancePosition(command.Sequence, block, index);
        var body = command.Body.Span;
        return command.Type switch
        {
            GovernanceType.ListAsset when ListAsset.TryRead(body, out var asset) =>
                new AssetListed(at, asset.Asset, asset.Token.Span.ToArray(), asset.Decimals, asset.Symbol),
            GovernanceType.ListMarket when ListMarket.TryRead(body, out var market) => new MarketListed(
                at, market.Market, market.BaseAsset, market.QuoteAsset, (byte)market.Rule, market.LotSize, market.TickValue,
                market.PublicationDelay, market.Symbol),
            GovernanceType.SetPriceSource when SetPriceSource.TryRead(body, out var source) =>
                new PriceSourceSet(at, source.Feed, source.Enabled, source.Source.ToArray()),
            GovernanceType.SetSettlementInterval when SetSettlementInterval.TryRead(body, out var interval) =>
                new SettlementIntervalSet(at, interval.Interval),
            _ => new GovernanceApplied(at, (ushort)command.Type),
        };
    }

    private static DepositFinal? OfDeposit(ReadOnlySpan<byte> entry, ulong block, uint index) =>
        DepositCertificate.TryRead(entry, out var deposit) ? new DepositFinal(deposit.DepositId, block, index) : null;

    private static PriceObserved? OfPrice(ReadOnlySpan<byte> entry, ulong block, uint index) =>
        SignedPrice.TryRead(entry, out var price)
            ? new PriceObserved(
                price.Feed, price.Round, price.Time, price.Price, price.Source.ToArray(), entry[^64..].ToArray(), block, index)
            : null;
}
