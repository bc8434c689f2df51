using DarkPool.Protocol.Commands;

namespace DarkPool.Cli.OrderFlow;

/// <summary>What a recorded market did to one order.</summary>
internal enum FlowAction
{
    /// <summary>A limit order that may rest.</summary>
    Limit,

    /// <summary>A limit order whose remainder is cancelled at once.</summary>
    ImmediateOrCancel,

    /// <summary>The order is withdrawn if it still rests.</summary>
    Cancel,
}

/// <summary>One order or cancel, rebuilt from recorded order flow.</summary>
/// <param name="Time">Microseconds since the recording's own origin; orders the flow for statistics only.</param>
/// <param name="Action">What happens to the order.</param>
/// <param name="OrderId">The recording's order id, or one of <see cref="RebuiltOrderIds"/>.</param>
/// <param name="Side">Side of the order; meaningless in a cancel.</param>
/// <param name="Price">Limit in ticks; zero in a cancel.</param>
/// <param name="Quantity">Size in lots; zero in a cancel.</param>
internal readonly record struct FlowEvent(
    long Time, FlowAction Action, ulong OrderId, Side Side, long Price, ulong Quantity)
{
    public static FlowEvent Cancelled(long time, ulong orderId) => new(time, FlowAction.Cancel, orderId, Side.Buy, 0, 0);
}
