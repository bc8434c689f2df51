using DarkPool.Cli.Demo;
using DarkPool.Cli.OrderFlow;
using DarkPool.Cli.Tests.OrderFlow;
using DarkPool.Protocol.Commands;

namespace DarkPool.Cli.Tests.Demo;

/// <summary>
/// How the shipped order flow profile was fitted: the recording is run through a plain book, and each order is measured against the
/// mid price that it met on arrival. Orders that meet an empty side are left out.
/// </summary>
internal sealed class FlowFit
{
    private readonly List<long> _interArrival = [];
    private readonly List<long> _limitSize = [];
    private readonly List<long> _immediateSize = [];
    private readonly List<long> _offset = [];
    private readonly List<long> _reach = [];
    private readonly List<long> _lifetime = [];
    private readonly List<long> _midStep = [];
    private readonly Dictionary<ulong, long> _submitted = [];
    private long? _lastOrder;
    private long? _lastMid;

    public static FlowProfile Fit(string source, FlowEvent[] events)
    {
        var fit = new FlowFit();
        var book = new ReferenceBook();
        long typical = 0;
        long step = 0;
        for (int i = 0; i < events.Length; i++)
        {
            fit.Measure(events[i], book.Mid);
            book.Apply(events[i]);
            if (i == events.Length / 10)
                typical = book.Mid ?? 0;
            step = (long)System.Numerics.BigInteger.GreatestCommonDivisor(step, events[i].Price);
        }
        return new FlowProfile
        {
            Source = source,
            Events = events.Length,
            ImmediateShare = Math.Round(fit._immediateSize.Count / (double)(fit._immediateSize.Count + fit._limitSize.Count), 4),
            CancelledShare = Math.Round(fit._lifetime.Count / (double)fit._limitSize.Count, 4),
            TypicalPrice = typical / step * step,
            PriceStep = step,
            InterArrival = QuantileTable.Of(fit._interArrival),
            LimitSize = QuantileTable.Of(fit._limitSize),
            ImmediateSize = QuantileTable.Of(fit._immediateSize),
            LimitOffset = QuantileTable.Of(fit._offset),
            ImmediateReach = QuantileTable.Of(fit._reach),
            Lifetime = QuantileTable.Of(fit._lifetime),
            MidStep = QuantileTable.Of(fit._midStep),
        };
    }

    private void Measure(in FlowEvent flow, long? mid)
    {
        if (flow.Action == FlowAction.Cancel)
        {
            _lifetime.Add(flow.Time - _submitted[flow.OrderId]);
            return;
        }
        if (_lastOrder is { } last)
            _interArrival.Add(flow.Time - last);
        _lastOrder = flow.Time;
        bool immediate = flow.Action == FlowAction.ImmediateOrCancel;
        (immediate ? _immediateSize : _limitSize).Add((long)flow.Quantity);
        if (!immediate)
            _submitted[flow.OrderId] = flow.Time;
        if (mid is not { } middle)
            return;
        if (_lastMid is { } before)
            _midStep.Add(Math.Abs(middle - before));
        _lastMid = middle;
        long away = flow.Side == Side.Buy ? middle - flow.Price : flow.Price - middle;
        (immediate ? _reach : _offset).Add(immediate ? -away : away);
    }
}
