using DarkPool.EventStore.Facts;
using Marten.Events.Projections;

namespace DarkPool.EventStore.Projections;

/// <summary>
/// The publication outbox. It tells a publisher where to go on; what makes publication exactly once is the registry contract,
/// which takes each sequence a single time, so a projection that lags costs a look at the chain and nothing else.
/// </summary>
internal sealed partial class OutboxProjection : MultiStreamProjection<OutboxBatch, long>
{
    public const string ProjectionName = "outbox";

    public OutboxProjection()
    {
        Name = ProjectionName;
        Identity<SettlementBatchClosed>(closed => checked((long)closed.Sequence));
        Identity<SettlementSubmitted>(submitted => checked((long)submitted.Sequence));
        Identity<SettlementConfirmed>(confirmed => checked((long)confirmed.Sequence));
        Identity<SettlementReorged>(reorged => checked((long)reorged.Sequence));
    }

    public static OutboxBatch Create(SettlementBatchClosed closed) => new()
    {
        Id = checked((long)closed.Sequence),
        State = PublicationState.Pending,
        Batch = closed.Batch,
        Signature = closed.Signature,
    };

    public static void Apply(SettlementSubmitted submitted, OutboxBatch batch)
    {
        if (batch.State == PublicationState.Confirmed) return;
        batch.State = PublicationState.Submitted;
        batch.Transaction = submitted.Transaction;
        batch.Nonce = submitted.Nonce;
    }

    public static void Apply(SettlementConfirmed confirmed, OutboxBatch batch)
    {
        batch.State = PublicationState.Confirmed;
        batch.Transaction = confirmed.Transaction;
        batch.EvmBlock = confirmed.EvmBlock;
        batch.EvmBlockHash = confirmed.EvmBlockHash;
    }

    public static void Apply(SettlementReorged reorged, OutboxBatch batch)
    {
        // The same transaction may come back in another EVM block: a fact about the old one must not undo the new one.
        if (batch.State != PublicationState.Confirmed || batch.EvmBlock != reorged.EvmBlock) return;
        batch.State = PublicationState.Pending;
        batch.Transaction = null;
        batch.Nonce = null;
        batch.EvmBlock = null;
        batch.EvmBlockHash = null;
        batch.Reorganisations++;
    }
}
