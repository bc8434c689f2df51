using DarkPool.Protocol.Reports;

namespace DarkPool.Cli.Accounts;

/// <summary>
/// Counts what the reports of some accounts say. A trade between two of them is reported to both and counted once. Safe to use from
/// any thread.
/// </summary>
internal sealed class OrderTally
{
    private readonly Lock _lock = new();
    private readonly HashSet<ulong> _open = [];

    /// <summary>Trades of which one side has reported; the other side's report takes them out, so an endless flow keeps few.</summary>
    private readonly HashSet<ulong> _halfReported = [];

    /// <summary>Trades.</summary>
    public int Trades { get; private set; }

    /// <summary>Lots traded.</summary>
    public ulong TradedQuantity { get; private set; }

    /// <summary>Last block with a trade; 0 before the first.</summary>
    public ulong LastTradeBlock { get; private set; }

    /// <summary>Time of that block, microseconds since 1970.</summary>
    public long LastTradeTime { get; private set; }

    /// <summary>Ids of the orders that rest.</summary>
    public ulong[] Open()
    {
        lock (_lock)
            return [.. _open];
    }

    public void Take(in ReportHeader header, ReadOnlySpan<byte> body)
    {
        lock (_lock)
        {
            switch (header.Type)
            {
                case ReportType.OrderAccepted when OrderAccepted.TryRead(body, out OrderAccepted accepted):
                    _open.Add(accepted.ClientOrderId);
                    break;
                case ReportType.OrderCancelled when OrderCancelled.TryRead(body, out OrderCancelled cancelled):
                    _open.Remove(cancelled.ClientOrderId);
                    break;
                case ReportType.Fill when Fill.TryRead(body, out Fill fill):
                    Count(header, fill);
                    break;
            }
        }
    }

    private void Count(in ReportHeader header, in Fill fill)
    {
        if (fill.Remaining == 0)
            _open.Remove(fill.ClientOrderId);
        if (_halfReported.Remove(fill.TradeId))
            return;
        _halfReported.Add(fill.TradeId);
        Trades++;
        TradedQuantity = checked(TradedQuantity + fill.Quantity);
        if (header.Block <= LastTradeBlock)
            return;
        LastTradeBlock = header.Block;
        LastTradeTime = header.Time;
    }
}
