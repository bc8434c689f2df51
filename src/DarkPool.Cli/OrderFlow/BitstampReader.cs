// Bitstamp order by order logs: `milliseconds event {json}`, events order_created, order_changed, order_deleted, trade, order_book.
//
// | event         | becomes                                                                                   |
// | ------------- | ----------------------------------------------------------------------------------------- |
// | order_created | a limit order: Bitstamp announces aggressors the same way, they trade on arrival          |
// | order_created | an IOC order if its deletion was logged before: its life is over, it must not rest        |
// | order_deleted | a cancel if its creation was logged before, whether the rest is cancelled (amount above   |
// |               | zero) or was filled (amount zero) by orders older than the log, which the book lacks      |
// | order_changed | nothing: a partial fill, which the rebuilt book finds for itself                          |
// | trade         | nothing, for the same reason                                                              |
// | order_book    | nothing: a snapshot of levels names no orders                                             |
//
// order_type 0 is a bid, 1 an ask. A price of 0.01 USD is one tick, an amount of 0.00000001 BTC one lot.
using System.Globalization;
using System.Text.Json;
using DarkPool.Protocol.Commands;

namespace DarkPool.Cli.OrderFlow;

/// <summary>Rebuilds orders and cancels from a Bitstamp order log, in file order.</summary>
internal static class BitstampReader
{
    private const string Format = "bitstamp";
    private const decimal TicksPerDollar = 100m;
    private const decimal LotsPerCoin = 100_000_000m;
    private const long MicrosecondsPerMillisecond = 1_000;

    public static IEnumerable<FlowEvent> Read(TextReader reader)
    {
        var created = new HashSet<ulong>();
        var deletedEarly = new HashSet<ulong>();
        long number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line.Length == 0)
                continue;
            (long time, string name, int body) = ParsePrefix(line, number);
            switch (name)
            {
                case "order_created":
                    Order order = ParseOrder(line.AsMemory(body), number);
                    created.Add(order.Id);
                    FlowAction action = deletedEarly.Remove(order.Id) ? FlowAction.ImmediateOrCancel : FlowAction.Limit;
                    yield return new FlowEvent(time, action, order.Id, order.Side, order.Price, order.Quantity);
                    break;
                case "order_deleted":
                    ulong id = ParseOrder(line.AsMemory(body), number).Id;
                    if (created.Contains(id))
                        yield return FlowEvent.Cancelled(time, id);
                    else
                        deletedEarly.Add(id);
                    break;
                case "order_changed" or "trade" or "order_book":
                    break;
                default:
                    throw new OrderFlowException(Format, number, "an unknown event");
            }
        }
    }

    private static (long Time, string Name, int Body) ParsePrefix(string line, long number)
    {
        int first = line.IndexOf(' ', StringComparison.Ordinal);
        int second = first < 0 ? -1 : line.IndexOf(' ', first + 1);
        if (second < 0)
            throw new OrderFlowException(Format, number, "not of the form `milliseconds event {json}`");
        if (!long.TryParse(line.AsSpan(0, first), NumberStyles.None, CultureInfo.InvariantCulture, out long milliseconds))
            throw new OrderFlowException(Format, number, "the time is not a number of milliseconds");
        return (checked(milliseconds * MicrosecondsPerMillisecond), line[(first + 1)..second], second + 1);
    }

    private static Order ParseOrder(ReadOnlyMemory<char> json, long number)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            decimal price = decimal.Parse(root.GetProperty("price").GetString()!, CultureInfo.InvariantCulture) * TicksPerDollar;
            decimal amount = decimal.Parse(root.GetProperty("amount").GetString()!, CultureInfo.InvariantCulture) * LotsPerCoin;
            if (price != decimal.Truncate(price) || amount != decimal.Truncate(amount) || price <= 0 || amount < 0)
                throw new OrderFlowException(Format, number, "a price or an amount is not a whole number of ticks or lots");
            Side side = root.GetProperty("order_type").GetInt32() switch
            {
                0 => Side.Buy,
                1 => Side.Sell,
                _ => throw new OrderFlowException(Format, number, "an unknown order type"),
            };
            return new Order(root.GetProperty("id").GetUInt64(), side, (long)price, (ulong)amount);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException
            or ArgumentNullException or OverflowException || (e is FormatException && e is not OrderFlowException))
        {
            throw new OrderFlowException(Format, number, "the order's JSON lacks a field or has one of another form");
        }
    }

    private readonly record struct Order(ulong Id, Side Side, long Price, ulong Quantity);
}
