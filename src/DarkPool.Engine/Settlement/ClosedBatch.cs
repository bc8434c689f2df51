using System.Collections.Immutable;

namespace DarkPool.Engine.Settlement;

/// <summary>
/// What a settlement batch says, as far as the engine knows it (docs/PROTOCOL.md section 9): all but the shard and the log's head.
/// </summary>
public sealed record ClosedBatch
{
    /// <summary>Counts the batches, from 1.</summary>
    public required ulong Sequence { get; init; }

    /// <summary>The block after the previous batch's last one.</summary>
    public required ulong FirstBlock { get; init; }

    /// <summary>The block that closed the batch.</summary>
    public required ulong LastBlock { get; init; }

    /// <summary>The time of that block.</summary>
    public required BlockTime Time { get; init; }

    /// <summary>The state root of the previous batch; zeros in the first.</summary>
    public required Digest PreviousRoot { get; init; }

    /// <summary>The state root after the last block.</summary>
    public required Digest StateRoot { get; init; }

    /// <summary>The root of what every account owns after the last block.</summary>
    public required Digest EntitlementRoot { get; init; }

    /// <summary>The settled markets, by ascending number; at least one.</summary>
    public required ImmutableArray<SettledMarket> Markets { get; init; }
}

/// <summary>The settled trades of one market.</summary>
/// <param name="Market">The market's number.</param>
/// <param name="Trades">Count of trades.</param>
/// <param name="Price">Their volume-weighted mean price, in ticks, rounded down.</param>
/// <param name="Lots">Lots traded.</param>
/// <param name="Notional">What was paid, in base units of the quote asset.</param>
public readonly record struct SettledMarket(uint Market, uint Trades, Trading.Price Price, UInt128 Lots, UInt128 Notional);
