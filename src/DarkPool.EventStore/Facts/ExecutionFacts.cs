using DarkPool.Protocol.Link;
using DarkPool.Protocol.Settlement;

namespace DarkPool.EventStore.Facts;

/// <summary>What the enclave told of an executed block, as facts and back.</summary>
public static class ExecutionFacts
{
    /// <summary>The facts of an execution: its result, and the settlement batch if one closed.</summary>
    /// <exception cref="ArgumentException">The batch is not readable, or has no signature.</exception>
    public static (BlockExecuted Executed, SettlementBatchClosed? Closed) Of(BlockExecution execution)
    {
        ArgumentNullException.ThrowIfNull(execution);
        var closed = execution.Batch is null ? null : Closed(execution.Batch, execution.BatchSignature);
        return (Executed(execution, closed?.Sequence), closed);
    }

    /// <summary>The execution that the facts were made of.</summary>
    public static BlockExecution Join(BlockExecuted executed, SettlementBatchClosed? closed)
    {
        ArgumentNullException.ThrowIfNull(executed);
        if (executed.Settlement != closed?.Sequence) throw new ArgumentException("The batch is not that of this block.", nameof(closed));
        return new BlockExecution
        {
            Number = executed.Number,
            Time = executed.Time,
            Head = executed.Head,
            StateRoot = executed.StateRoot,
            Entries = executed.Entries,
            Dropped = executed.Dropped,
            Opened = [.. executed.Opened.Select(session => new SessionOpening(session.Index, session.RateClass))],
            Closed = executed.Closed,
            Refused = [.. executed.Refused.Select(entry => new EntryRefusal(entry.Index, (EntryRefusalCode)entry.Code))],
            Signature = executed.Signature,
            Batch = closed?.Batch,
            BatchSignature = closed?.Signature,
        };
    }

    private static BlockExecuted Executed(BlockExecution execution, ulong? settlement) => new()
    {
        Number = execution.Number,
        Time = execution.Time,
        Head = execution.Head,
        StateRoot = execution.StateRoot,
        Entries = execution.Entries,
        Dropped = execution.Dropped,
        Opened = [.. execution.Opened.Select(session => new OpenedSession(session.Index, session.RateClass))],
        Closed = execution.Closed,
        Refused = [.. execution.Refused.Select(entry => new RefusedEntry(entry.Index, (byte)entry.Code))],
        Signature = execution.Signature,
        Settlement = settlement,
    };

    private static SettlementBatchClosed Closed(byte[] bytes, byte[]? signature)
    {
        if (!SettlementBatch.TryRead(bytes, out var batch))
            throw new ArgumentException("The settlement batch is not readable.", nameof(bytes));
        return new SettlementBatchClosed
        {
            Sequence = batch.Sequence,
            FirstBlock = batch.FirstBlock,
            LastBlock = batch.LastBlock,
            Time = batch.Time,
            PreviousRoot = batch.PreviousRoot.ToArray(),
            StateRoot = batch.StateRoot.ToArray(),
            EntitlementRoot = batch.EntitlementRoot.ToArray(),
            LogHead = batch.LogHead.ToArray(),
            Markets = [.. batch.Markets.Select(Settled)],
            Batch = bytes,
            Signature = signature ?? throw new ArgumentException("The settlement batch is not signed.", nameof(signature)),
        };
    }

    private static SettledMarket Settled(MarketSettlement market) =>
        new(market.Market, market.Trades, market.Price, market.Quantity, market.Notional);
}
