using DarkPool.Enclave.Sessions;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Lending;
using DarkPool.Protocol.Link;
using DarkPool.Protocol.Settlement;

namespace DarkPool.Enclave.Shard;

/// <summary>The result of a block that has been executed; it is signed and leaves when the block is committed.</summary>
internal sealed record ExecutedBlock
{
    public required LogPosition Position { get; init; }

    public required Bytes32 StateRoot { get; init; }

    public required int Entries { get; init; }

    public required int Dropped { get; init; }

    public required SessionOpening[] Opened { get; init; }

    public required ulong[] Closed { get; init; }

    /// <summary>Sessions that left the table: their streams end with the commit.</summary>
    public required Session[] Evicted { get; init; }

    public required EntryRefusal[] Refused { get; init; }

    public required SettlementBatch? Batch { get; init; }

    public required ReserveSheet? Reserves { get; init; }

    public required LiquidationSheet? Liquidations { get; init; }
}
