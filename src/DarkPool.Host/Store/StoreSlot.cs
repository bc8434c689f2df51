using DarkPool.EventStore;
using DarkPool.EventStore.Shards;

namespace DarkPool.Host.Store;

/// <summary>The open event store, for requests that read; empty until the start has opened it.</summary>
internal sealed class StoreSlot
{
    private volatile OpenStore? _current;

    internal OpenStore? Current => _current;

    internal void Set(VenueStore store, ShardReader reader) => _current = new OpenStore(store, reader);

    internal void Clear() => _current = null;
}

/// <summary>What requests read from.</summary>
internal sealed record OpenStore(VenueStore Venue, ShardReader Shard);
