using System.Numerics;
using DarkPool.Engine.Trading;
using DarkPool.Engine.Trading.Auctions;

namespace DarkPool.Engine.Tests.Trading.Auctions;

/// <summary>Finds price, parts and pairs by trying everything, round after round.</summary>
internal sealed class PlainCross(AuctionCall call, ICounterpartyFilter filter, Func<PlainOrder, ulong>? ticket = null)
{
    private readonly Dictionary<PlainOrder, ulong> _offered = [];
    private readonly Dictionary<PlainOrder, ulong> _given = [];
    private readonly Dictionary<PlainOrder, ulong> _paired = [];
    private readonly List<(PlainOrder Buy, PlainOrder Sell, ulong Lots)> _trades = [];
    private List<PlainOrder> _buys = [];
    private List<PlainOrder> _sells = [];

    public List<(PlainOrder Buy, PlainOrder Sell, ulong Lots)> Run(List<PlainOrder> buys, List<PlainOrder> sells, out long price)
    {
        _buys = [.. InOrderOfClaim(buys)];
        _sells = [.. InOrderOfClaim(sells)];
        foreach (var order in _buys.Concat(_sells)) _offered[order] = order.Open;
        price = 0;
        if (_buys.Count == 0 || _sells.Count == 0) return _trades;
        var highest = Math.Min(_buys.Max(order => order.Price), call.High.Ticks);
        var lowest = Math.Max(_sells.Min(order => order.Price), call.Low.Ticks);
        if (highest < lowest) return _trades;
        var reference = call.Reference?.Ticks ?? (long)(((Int128)highest + lowest) >> 1);
        for (var round = 0; ; round++)
        {
            var volume = FindPrice(lowest, highest, reference, out price);
            Give(_buys, volume);
            Give(_sells, volume);
            Pair();
            if (!GivesWay(round, price)) break;
        }

        if (_trades.Count == 0) price = 0;
        return _trades;
    }

    private IEnumerable<PlainOrder> InOrderOfClaim(List<PlainOrder> orders) => orders
        .OrderBy(order => order.Side == Side.Buy ? -(Int128)order.Price : order.Price)
        .ThenBy(order => order.Cohort)
        .ThenBy(TicketOf);

    private ulong TicketOf(PlainOrder order) =>
        ticket is not null ? ticket(order) : AuctionBook.Ticket(call.Draw, order.Order.Owner, order.Order.Key);

    private UInt128 Offered(IEnumerable<PlainOrder> orders) =>
        orders.Aggregate((UInt128)0, (sum, order) => sum + _offered[order]);

    private UInt128 Demand(long price) => Offered(_buys.Where(order => order.Price >= price));

    private UInt128 Supply(long price) => Offered(_sells.Where(order => order.Price <= price));

    private UInt128 FindPrice(long lowest, long highest, long reference, out long price)
    {
        var ticks = (Int128)highest - lowest < 100
            ? Enumerable.Range(0, (int)(highest - lowest) + 1).Select(step => lowest + step)
            : _buys.Concat(_sells)
                .SelectMany(order => new[] { (Int128)order.Price - 1, order.Price, (Int128)order.Price + 1 })
                .Concat([lowest, highest, reference])
                .Where(tick => tick >= lowest && tick <= highest).Select(tick => (long)tick).Distinct().Order();
        var all = ticks.Select(tick => (Tick: tick, Demand: Demand(tick), Supply: Supply(tick))).ToList();
        var volume = all.Max(at => UInt128.Min(at.Demand, at.Supply));
        price = 0;
        if (volume == 0) return 0;
        all.RemoveAll(at => UInt128.Min(at.Demand, at.Supply) != volume);
        var surplus = all.Min(at => UInt128.Max(at.Demand, at.Supply));
        all.RemoveAll(at => UInt128.Max(at.Demand, at.Supply) != surplus);
        price = all.All(at => at.Demand > at.Supply) ? all[^1].Tick
            : all.All(at => at.Demand < at.Supply) ? all[0].Tick
            : all.MinBy(at => (Int128.Abs((Int128)at.Tick - reference), at.Tick)).Tick;
        return volume;
    }

    private void Give(List<PlainOrder> orders, UInt128 left)
    {
        var classes = orders.GroupBy(order =>
            (order.Price, Cohort: call.Allocation == AuctionAllocation.Time ? order.Cohort : 0));
        foreach (var equals in classes)
        {
            var wanted = Offered(equals);
            var shared = UInt128.Min(left, wanted);
            left -= shared;
            foreach (var order in equals) _given[order] = wanted == 0 ? 0 : (ulong)((BigInteger)shared * _offered[order] / wanted);
            var rest = equals.Aggregate(shared, (sum, order) => sum - _given[order]);
            var byRemainder = equals
                .OrderByDescending(order => wanted == 0 ? 0 : (BigInteger)shared * _offered[order] % wanted)
                .ThenBy(order => order.Cohort)
                .ThenBy(TicketOf);
            foreach (var order in byRemainder.Take((int)rest)) _given[order]++;
        }
    }

    private void Pair()
    {
        _trades.Clear();
        foreach (var order in _buys.Concat(_sells)) _paired[order] = 0;
        foreach (var buy in _buys)
        {
            var skips = 0;
            foreach (var sell in _sells.SkipWhile(sell => _paired[sell] == _given[sell]).ToList())
            {
                if (_paired[buy] == _given[buy] || skips == UniformCross.MaxSkips) break;
                var lots = Math.Min(_given[buy] - _paired[buy], _given[sell] - _paired[sell]);
                var trades = lots != 0 && filter.MayTrade(buy.Order.Owner, sell.Order.Owner)
                    && buy.Takes(lots, buy.Open - _paired[buy]) && sell.Takes(lots, sell.Open - _paired[sell]);
                if (!trades)
                {
                    skips++;
                    continue;
                }

                _paired[buy] += lots;
                _paired[sell] += lots;
                _trades.Add((buy, sell, lots));
            }
        }
    }

    private bool GivesWay(int round, long price)
    {
        if (round > UniformCross.MaxRounds) return false;
        var all = _buys.Concat(_sells).ToList();
        if (round == UniformCross.MaxRounds)
        {
            var withMinimum = all.Where(order => order.Required != 0 && _offered[order] != 0).ToList();
            withMinimum.ForEach(order => _offered[order] = 0);
            return withMinimum.Count != 0;
        }

        var shorts = all.Where(order => _paired[order] != 0 && _paired[order] < order.Required).ToList();
        var leftOver = all.Where(order => _given[order] != _paired[order]).ToList();
        if (round < UniformCross.SingleRounds)
        {
            shorts = [.. shorts.OrderByDescending(order => order.Required).ThenByDescending(order => order.Cohort)
                .ThenByDescending(TicketOf).Take(1)];
            var longer = Demand(price) >= Supply(price) ? Side.Buy : Side.Sell;
            leftOver = [.. leftOver.OrderByDescending(order => _given[order] - _paired[order]).ThenBy(order => _paired[order])
                .ThenByDescending(order => order.Side == longer).ThenByDescending(all.IndexOf).Take(1)];
        }

        foreach (var order in shorts) _offered[order] = 0;
        if (shorts.Count != 0) return true;
        foreach (var order in leftOver) _offered[order] = _paired[order];
        return leftOver.Count != 0;
    }
}
