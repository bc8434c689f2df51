using System.Collections.Immutable;
using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Tests.Venues;

/// <summary>Makes the steps of one flow. It remembers what was placed, so that cancels and repetitions mostly hit something.</summary>
internal sealed class FlowMaker(int seed, ImmutableArray<uint> markets)
{
    private const int Recent = 25;

    private readonly Random _random = new(seed);
    private readonly List<NewOrder>[] _placed = [.. Enumerable.Range(0, VenueFlows.Accounts).Select(_ => new List<NewOrder>())];

    /// <summary>Whether the flow has anything that keeps some orders from trading with others.</summary>
    private readonly bool _selective = seed % 3 != 0;

    private readonly bool _crosses = markets.Length != VenueFlows.Continuous.Length;

    private long _now = VenueFlows.Start.Microseconds;
    private ulong _fresh;

    /// <summary>Every account has some of every asset, then anything may come.</summary>
    public VenueStep[] Make(int length)
    {
        var first =
            from asset in Enumerable.Range(0, VenueFlows.Assets.Length)
            from account in Enumerable.Range(0, VenueFlows.Accounts)
            where _crosses
            select new VenueStep(VenueAction.Deposit, (uint)account, default, (UInt128)(3_000_000_000 + asset), _now);
        return [.. first, .. Enumerable.Range(0, length).Select(_ => Step())];
    }

    private VenueStep Step()
    {
        var action = _random.Next(200) switch
        {
            < 20 when _crosses => _random.Next(20) switch
            {
                < 12 => VenueAction.FirmUp,
                < 19 => VenueAction.Quote,
                _ => VenueAction.Charge,
            },
            < 100 => VenueAction.Place,
            < 136 => VenueAction.Cancel,
            < 164 => VenueAction.Replace,
            < 168 => VenueAction.Query,
            < 180 => VenueAction.Deposit,
            < 181 => VenueAction.Halt,
            < 182 => _random.Next(4) == 0 ? VenueAction.CancelAll : VenueAction.EndSession,
            < 184 => VenueAction.Observe,
            < 186 => _selective ? (VenueAction)_random.Next((int)VenueAction.Configure, (int)VenueAction.Observe) : VenueAction.Query,
            _ => VenueAction.NextBlock,
        };
        if (action == VenueAction.NextBlock) _now += _random.Next(3) * _random.Next(8_000);
        var account = (uint)_random.Next(VenueFlows.Accounts);
        var order = Order(account, action);
        if (action == VenueAction.Place) _placed[account].Add(order);
        return new VenueStep(action, account, order, Amount(), _now);
    }

    private UInt128 Amount() => _random.Next(20) switch
    {
        0 => 0,
        1 => (UInt128)_random.NextInt64() << _random.Next(64),
        < 5 => (UInt128)_random.Next(1, 50) << 76,
        _ => (UInt128)_random.NextInt64(1, 5_000_000_000),
    };

    private NewOrder Order(uint account, VenueAction action)
    {
        var order = Fresh();
        var placed = _placed[account];
        if (placed.Count == 0) return order;
        var from = _random.Next(20) == 0 ? 0 : Math.Max(0, placed.Count - Recent);
        var known = placed[_random.Next(from, placed.Count)];
        if (action != VenueAction.Place) return _random.Next(30) == 0 ? order : order with { ClientOrderId = known.ClientOrderId };
        return _random.Next(20) switch { 0 => known, 1 => order with { ClientOrderId = known.ClientOrderId }, _ => order };
    }

    private NewOrder Fresh()
    {
        var good = _random.Next(50) != 0;
        var time = good ? (TimeInForce)_random.Next(1, 6) : (TimeInForce)_random.Next(256);
        var type = _random.Next(100) switch { 0 => (OrderType)_random.Next(256), < 8 => OrderType.Market, _ => OrderType.Limit };
        var market = _random.Next(40) == 0 ? (uint)_random.Next() : markets[_random.Next(markets.Length)];
        if (market is 5 or 6 && good) type = (OrderType)_random.Next(1, 6);
        if (type == OrderType.Market && good && !_crosses)
            time = _random.Next(2) == 0 ? TimeInForce.ImmediateOrCancel : TimeInForce.FillOrKill;
        var expires = time == TimeInForce.GoodTillTime ^ _random.Next(60) == 0;
        var quantity = _random.Next(100) switch { 0 => (ulong)_random.NextInt64() * 2, 1 => 0UL, _ => (ulong)_random.Next(1, 30) };
        var usual = type > OrderType.Limit && _random.Next(2) == 0 ? 0 : market is 5 or 6 ? _random.Next(192, 208) : _random.Next(90, 110);
        return new NewOrder
        {
            ClientOrderId = ++_fresh * 0x9E3779B97F4A7C15,
            Market = market,
            Side = good ? (Side)_random.Next(1, 3) : (Side)_random.Next(256),
            Type = type,
            TimeInForce = time,
            Price = new Price(_random.Next(100) switch { 0 => _random.NextInt64(long.MinValue, long.MaxValue), 1 => 0, _ => usual }),
            Quantity = new Quantity(quantity),
            Flags = Flags(good && time is not (TimeInForce.ImmediateOrCancel or TimeInForce.FillOrKill), good)
                | (market == 5 && good && _random.Next(3) == 0 ? OrderFlags.Conditional : OrderFlags.None),
            Session = (ulong)_random.Next(3),
            MinimumQuantity = Minimum(quantity),
            MinimumInteraction = Minimum(quantity),
            SelfTradePrevention = !_selective ? default : (SelfTradePrevention)_random.Next(24) switch
            {
                var way when (int)way <= 4 => way,
                _ => _random.Next(60) != 0 ? default : (SelfTradePrevention)_random.Next(256),
            },
            Expiry = expires ? new BlockTime(_now + _random.Next(-2_000, 60_000)) : BlockTime.None,
        };
    }

    private OrderFlags Flags(bool rests, bool good)
    {
        if (good && _random.Next(150) == 0) return (OrderFlags)_random.Next(256);
        return rests && _random.Next(4) == 0 ? (OrderFlags)(_random.Next(2) == 0 ? 1 : 4 + _random.Next(2)) : OrderFlags.None;
    }

    private Quantity Minimum(ulong quantity) => new(!_selective ? 0 : _random.Next(_crosses ? 12 : 40) switch
    {
        0 => quantity,
        1 => quantity + 1,
        < 6 => (ulong)_random.Next(1, 20) is var some && some <= quantity ? some : 0,
        _ => 0,
    });
}
