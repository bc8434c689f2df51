using System.Text.Json;

namespace DarkPool.Cli.Demo;

/// <summary>
/// Statistics of recorded order flow: enough to draw a synthetic flow of the same texture, and nothing of the recording itself.
/// <c>perf/DarkPool.Load -- fit</c> computes them from a recording; the shipped ones are in <c>order-flow.json</c>.
/// </summary>
internal sealed record FlowProfile
{
    /// <summary>Which recording, in words.</summary>
    public required string Source { get; init; }

    /// <summary>Orders and cancels the statistics were computed from.</summary>
    public required int Events { get; init; }

    /// <summary>Share of immediate-or-cancel orders among orders, 0 to 1.</summary>
    public required double ImmediateShare { get; init; }

    /// <summary>Share of limit orders that their owner cancelled, 0 to 1.</summary>
    public required double CancelledShare { get; init; }

    /// <summary>Mid price at the end of the first tenth of the recording, in ticks.</summary>
    public required long TypicalPrice { get; init; }

    /// <summary>Smallest price step seen, in ticks.</summary>
    public required long PriceStep { get; init; }

    /// <summary>Microseconds between one order and the next.</summary>
    public required QuantileTable InterArrival { get; init; }

    /// <summary>Lots of a limit order.</summary>
    public required QuantileTable LimitSize { get; init; }

    /// <summary>Lots of an immediate-or-cancel order.</summary>
    public required QuantileTable ImmediateSize { get; init; }

    /// <summary>Ticks between the mid price and a limit order's price, positive away from the market.</summary>
    public required QuantileTable LimitOffset { get; init; }

    /// <summary>Ticks beyond the mid price to which an immediate-or-cancel order is willing to go.</summary>
    public required QuantileTable ImmediateReach { get; init; }

    /// <summary>Microseconds from a limit order to its cancel, of those cancelled.</summary>
    public required QuantileTable Lifetime { get; init; }

    /// <summary>Ticks that the mid price moved from one order to the next, without its sign.</summary>
    public required QuantileTable MidStep { get; init; }

    /// <summary>The profile shipped with the program.</summary>
    public static FlowProfile Shipped()
    {
        using Stream stream = typeof(FlowProfile).Assembly.GetManifestResourceStream("DarkPool.Cli.Demo.order-flow.json")
            ?? throw new InvalidOperationException("The order flow profile is not in the assembly.");
        return JsonSerializer.Deserialize<FlowProfile>(stream, JsonSerializerOptions.Web)!;
    }
}
