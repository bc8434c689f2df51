using System.Runtime.CompilerServices;
using DarkPool.Engine.Journals;
using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Markets;

/// <summary>What becomes of an order, told to the journal and to its owner.</summary>
internal abstract partial class Market
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected void Accept<TSink>(uint account, in NewOrder order, BlockTime expiry, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        var detail = (byte)((byte)order.Side | ((byte)order.TimeInForce << 4));
        State.Journal.Write(
            JournalKind.OrderAccepted, detail, Number, account, order.ClientOrderId, (ulong)order.Price.Ticks, order.Quantity.Lots);
        if (order.HasAttributes) WriteAttributes(account, order);
        if (expiry != BlockTime.None)
            State.Journal.Write(JournalKind.OrderExpires, 0, Number, account, order.ClientOrderId, (ulong)expiry.Microseconds, 0);
        sink.OrderAccepted(account, order);
    }

    protected void ReportCancel<TSink>(uint account, ulong clientOrderId, ulong lots, CancelReason reason, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        State.Journal.Write(JournalKind.OrderCancelled, (byte)reason, Number, account, clientOrderId, lots, 0);
        sink.OrderCancelled(account, clientOrderId, Number, reason, new Quantity(lots));
    }

    /// <summary>Tells that an order shrank without a trade and goes on.</summary>
    protected void ReportReduction<TSink>(uint account, ulong clientOrderId, ulong by, ulong remaining, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        State.Journal.Write(JournalKind.OrderReduced, 0, Number, account, clientOrderId, by, remaining);
        sink.OrderReduced(account, clientOrderId, Number, CancelReason.SelfTrade, new Quantity(by), new Quantity(remaining));
    }

    private void WriteAttributes(uint account, in NewOrder order)
    {
        var switches = (ulong)order.Type | ((ulong)order.Flags << 8) | ((ulong)order.SelfTradePrevention << 16);
        State.Journal.Write(
            JournalKind.OrderAttributes, 0, Number, account, switches, order.MinimumQuantity.Lots, order.MinimumInteraction.Lots);
    }
}
