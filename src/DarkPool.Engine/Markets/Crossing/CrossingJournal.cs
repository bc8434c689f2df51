using DarkPool.Engine.Journals;

namespace DarkPool.Engine.Markets.Crossing;

/// <summary>How the acceptance of an order is written down.</summary>
internal static class CrossingJournal
{
    public static void Accepted(Journal journal, uint account, in NewOrder order, BlockTime expiry)
    {
        var terms = (byte)((byte)order.Side | ((byte)order.TimeInForce << 4));
        journal.Write(
            JournalKind.OrderAccepted, terms, order.Market, account, order.ClientOrderId, (ulong)order.Price.Ticks, order.Quantity.Lots);
        if (order.HasAttributes)
        {
            var switches = (ulong)order.Type | ((ulong)order.Flags << 8) | ((ulong)order.SelfTradePrevention << 16);
            var (sum, each) = (order.MinimumQuantity.Lots, order.MinimumInteraction.Lots);
            journal.Write(JournalKind.OrderAttributes, 0, order.Market, account, switches, sum, each);
        }

        if (expiry == BlockTime.None) return;
        journal.Write(JournalKind.OrderExpires, 0, order.Market, account, order.ClientOrderId, (ulong)expiry.Microseconds, 0);
    }
}
