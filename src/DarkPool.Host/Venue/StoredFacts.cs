using DarkPool.EventStore;
using DarkPool.EventStore.Facts;
using DarkPool.EventStore.Shards;

namespace DarkPool.Host.Venue;

/// <summary>Reads what the store knows of the venue, at the start of the host.</summary>
internal static class StoredFacts
{
    /// <summary>
    /// Governance comes from its stream, which is complete; how far settlement and deposits have come is from the projection, which may be
    /// a moment behind and is corrected by the blocks that follow.
    /// </summary>
    internal static async Task<VenueView> ReadAsync(VenueStore store, ShardReader shard, CancellationToken cancellationToken)
    {
        var view = new VenueView();
        foreach (var fact in await store.ReadFactsAsync(StreamKeys.Governance, cancellationToken)) view = view.After(fact);
        var status = await store.ReadStatusAsync(cancellationToken);
        return view with
        {
            Reserves = (await shard.ReadReservesAsync(cancellationToken))?.Sheet,
            SettlementClosed = status.SettlementClosed,
            SettlementConfirmed = status.SettlementConfirmed,
            LastDepositSeen = status.LastDeposit,
        };
    }
}
