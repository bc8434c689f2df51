using DarkPool.Chain.Rpc;
using DarkPool.Chain.Settlement;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Settlement;

namespace DarkPool.Cli.Verification;

/// <summary>Holds what the registry on chain has recorded against the batches of a replay.</summary>
internal sealed class ChainVerification(EvmNode node, Genesis genesis)
{
    /// <summary>Compares every batch and every market.</summary>
    /// <param name="fromBlock">Block of the chain before the first contract.</param>
    /// <param name="replayed">Batches of the replay, in order.</param>
    /// <param name="confirmed">Batches that the store says are on chain.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Batches on chain, and null or in words the first that does not match.</returns>
    public async Task<(int OnChain, string? Problem)> CompareAsync(
        ulong fromBlock, IReadOnlyList<SettlementBatch> replayed, ulong confirmed, CancellationToken cancellation)
    {
        if (await node.ChainIdAsync(cancellation) != genesis.ChainId)
            return (0, $"the chain is not chain {genesis.ChainId} of the venue");
        var registry = new RegistryClient(node, genesis.Registry);
        IReadOnlyList<SettledBatch> settled = await registry.ReadBatchesAsync(fromBlock, cancellation: cancellation);
        ILookup<ulong, MarketSettlement> markets = (await registry.ReadMarketsAsync(fromBlock, cancellation: cancellation))
            .ToLookup(market => market.Sequence, market => market.Market);
        for (int i = 0; i < settled.Count; i++)
        {
            if (i >= replayed.Count || settled[i].Sequence != replayed[i].Sequence)
                return (settled.Count, $"batch {settled[i].Sequence} on chain is not one of the log");
            if (!Agree(settled[i], replayed[i]) || !replayed[i].Markets.SequenceEqual(markets[settled[i].Sequence]))
            {
                return (settled.Count,
                    $"batch {settled[i].Sequence} on chain is not the one that closed with block {replayed[i].LastBlock}");
            }
        }
        return confirmed > (ulong)settled.Count
            ? (settled.Count, $"batch {settled.Count + 1} is recorded as published, but is not on chain")
            : (settled.Count, null);
    }

    private static bool Agree(SettledBatch settled, SettlementBatch replayed) =>
        settled.LastBlock == replayed.LastBlock
        && settled.StateRoot == replayed.StateRoot
        && settled.EntitlementRoot == replayed.EntitlementRoot
        && settled.LogHead == replayed.LogHead;
}
