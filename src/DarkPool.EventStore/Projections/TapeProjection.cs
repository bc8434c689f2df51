using DarkPool.EventStore.Facts;
using Marten.Events.Projections;

namespace DarkPool.EventStore.Projections;

/// <summary>The tape: one line per settlement batch, in the order of their sequences.</summary>
internal sealed partial class TapeProjection : MultiStreamProjection<TapeBatch, long>
{
    public const string ProjectionName = "tape";

    public TapeProjection()
    {
        Name = ProjectionName;
        Identity<SettlementBatchClosed>(closed => checked((long)closed.Sequence));
        Identity<SettlementConfirmed>(confirmed => checked((long)confirmed.Sequence));
        Identity<SettlementReorged>(reorged => checked((long)reorged.Sequence));
    }

    public static TapeBatch Create(SettlementBatchClosed closed) => new()
    {
        Id = checked((long)closed.Sequence),
        FirstBlock = closed.FirstBlock,
        LastBlock = closed.LastBlock,
        Time = closed.Time,
        PreviousRoot = closed.PreviousRoot,
        StateRoot = closed.StateRoot,
        EntitlementRoot = closed.EntitlementRoot,
        LogHead = closed.LogHead,
        Markets = closed.Markets,
    };

    public static void Apply(SettlementConfirmed confirmed, TapeBatch batch)
    {
        batch.Confirmed = true;
        batch.Transaction = confirmed.Transaction;
        batch.EvmBlock = confirmed.EvmBlock;
    }

    public static void Apply(SettlementReorged reorged, TapeBatch batch)
    {
        if (batch.EvmBlock != reorged.EvmBlock) return;
        batch.Confirmed = false;
        batch.Transaction = null;
        batch.EvmBlock = null;
    }
}
