using DarkPool.Cli.OrderFlow;
using DarkPool.Protocol.Commands;

namespace DarkPool.Cli.Demo;

/// <summary>
/// An endless order flow drawn from a <see cref="FlowProfile"/>: arrivals, sizes, distances from the mid price, immediate orders and
/// cancels after a lifetime. Deterministic for a seed; it does not look at the market, so it needs no more than a trader sees.
/// </summary>
internal sealed class SyntheticFlow(FlowProfile profile, int seed, ulong firstOrderId = 1)
{
    /// <summary>Orders that nobody cancels are withdrawn when this many newer ones rest: an endless flow must not fill the book.</summary>
    private const int MostResting = 2_000;

    private readonly Random _random = new(seed);
    private readonly PriorityQueue<ulong, long> _cancels = new();
    private readonly Queue<ulong> _forgotten = new();
    private ulong _nextOrderId = firstOrderId;
    private long _nextArrival;
    private long _mid = profile.TypicalPrice;

    /// <summary>The next order or cancel; its time is microseconds since the flow began and never goes back.</summary>
    public FlowEvent Next()
    {
        if (_cancels.TryPeek(out ulong order, out long due) && due <= _nextArrival)
        {
            _cancels.Dequeue();
            return FlowEvent.Cancelled(due, order);
        }
        if (_forgotten.Count > MostResting)
            return FlowEvent.Cancelled(_nextArrival, _forgotten.Dequeue());
        long now = _nextArrival;
        _nextArrival = checked(now + profile.InterArrival.Draw(_random));
        MoveMid();
        return _random.NextDouble() < profile.ImmediateShare ? Immediate(now) : Limit(now);
    }

    private FlowEvent Immediate(long now)
    {
        (Side side, int sign) = DrawSide();
        long price = Priced(_mid + (sign * profile.ImmediateReach.Draw(_random)));
        return new FlowEvent(now, FlowAction.ImmediateOrCancel, _nextOrderId++, side, price, Sized(profile.ImmediateSize));
    }

    private FlowEvent Limit(long now)
    {
        (Side side, int sign) = DrawSide();
        ulong id = _nextOrderId++;
        if (_random.NextDouble() < profile.CancelledShare)
            _cancels.Enqueue(id, checked(now + 1 + profile.Lifetime.Draw(_random)));
        else
            _forgotten.Enqueue(id);
        long price = Priced(_mid - (sign * profile.LimitOffset.Draw(_random)));
        return new FlowEvent(now, FlowAction.Limit, id, side, price, Sized(profile.LimitSize));
    }

    private (Side Side, int Sign) DrawSide() => _random.Next(2) == 0 ? (Side.Buy, 1) : (Side.Sell, -1);

    private ulong Sized(QuantileTable sizes) => (ulong)Math.Max(1, sizes.Draw(_random));

    private long Priced(long ticks) => Math.Max(profile.PriceStep, ticks / profile.PriceStep * profile.PriceStep);

    /// <summary>A walk without drift, reflected at half and twice the typical price so that funds for a day last for ever.</summary>
    private void MoveMid()
    {
        long step = profile.MidStep.Draw(_random);
        _mid += _random.Next(2) == 0 ? step : -step;
        if (_mid < profile.TypicalPrice / 2)
            _mid += 2 * step;
        else if (_mid > profile.TypicalPrice * 2)
            _mid -= 2 * step;
    }
}
