using System.Numerics;
using DarkPool.Engine.Markets;
using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Tests.Venues;

/// <summary>
/// A venue that is obviously right and slow: one list of open orders searched from end to end, unbounded integers, and holds that are
/// never stored but added up from the open orders whenever somebody asks.
/// </summary>
internal sealed class ReferenceVenue(IReadOnlyDictionary<uint, MarketTerms> markets)
{
    private static readonly BigInteger Limit = BigInteger.One << 128;

    private readonly Dictionary<(uint Account, uint Asset), BigInteger> _owned = [];
    private readonly List<ReferenceOrder> _open = [];
    private long _stamp;
    private ulong _trades;

    public List<VenueEvent> Events { get; } = [];

    public BlockTime Now { get; private set; }

    /// <summary>The halted markets.</summary>
    public HashSet<uint> Halted { get; } = [];

    public ReferenceSettlement Settlement { get; } = new(markets);

    public int OpenOrders => _open.Count;

    public BigInteger Held(uint account, uint asset) =>
        _open.Where(order => order.Account == account && PaysWith(order.Terms, order.Side) == asset)
            .Aggregate(BigInteger.Zero, (sum, order) => sum + Cost(order.Terms, order.Side, order.Price, order.Lots));

    public BigInteger Owned(uint account, uint asset) => _owned.GetValueOrDefault((account, asset));

    public BigInteger Available(uint account, uint asset) => Owned(account, asset) - Held(account, asset);

    public void Credit(uint account, uint asset, BigInteger amount) => _owned[(account, asset)] = Owned(account, asset) + amount;

    public void BeginBlock(BlockTime time)
    {
        Now = time;
        var expired = _open.Where(order => order.Expiry is { } expiry && expiry <= time).OrderBy(order => order.Expiry).ThenBy(order =>
            order.Placed);
        foreach (var order in expired.ToList()) End(order, CancelReason.Expired);
    }

    public void Place(uint account, NewOrder order)
    {
        var code = Judge(account, order, out var terms);
        if (code != RejectionCode.None)
        {
            Events.Add(new VenueEvent.Rejected(account, order.ClientOrderId, code));
            return;
        }

        Events.Add(new VenueEvent.Accepted(account, order));
        var taker = new ReferenceOrder
        {
            Account = account,
            Id = order.ClientOrderId,
            Terms = terms!,
            Side = order.Side,
            Price = order.Price.Ticks,
            Lots = order.Quantity.Lots,
            Expiry = order.TimeInForce switch
            {
                TimeInForce.GoodTillTime => order.Expiry,
                TimeInForce.Day => SessionEnd(terms!),
                _ => null,
            },
            Placed = ++_stamp,
        };
        if (order.TimeInForce == TimeInForce.FillOrKill && Tradable(taker) < taker.Lots)
        {
            ReportEnd(taker, CancelReason.FillOrKill);
            return;
        }

        Match(taker);
        if (taker.Lots == 0) return;
        if (order.TimeInForce == TimeInForce.ImmediateOrCancel) ReportEnd(taker, CancelReason.ImmediateOrCancel);
        else Rest(taker);
    }

    public void Cancel(uint account, ulong id)
    {
        if (Find(account, id) is { } order) End(order, CancelReason.Requested);
        else Events.Add(new VenueEvent.Rejected(account, id, RejectionCode.UnknownOrder));
    }

    public void Replace(uint account, ulong id, long price, ulong lots)
    {
        var order = Find(account, id);
        var code = order is null ? RejectionCode.UnknownOrder
            : Halted.Contains(order.Terms.Number) ? RejectionCode.MarketHalted
            : price <= 0 ? RejectionCode.InvalidPrice
            : lots == 0 ? RejectionCode.InvalidQuantity
            : IsTooLarge(order.Terms, lots) ? RejectionCode.QuantityTooLarge
            : !Fits(order.Terms, price, lots) ? RejectionCode.NotionalOverflow
            : Cost(order.Terms, order.Side, price, lots) - Cost(order.Terms, order.Side, order.Price, order.Lots)
                > Available(account, PaysWith(order.Terms, order.Side)) ? RejectionCode.InsufficientFunds
            : RejectionCode.None;
        if (code != RejectionCode.None)
        {
            Events.Add(new VenueEvent.Rejected(account, id, code));
            return;
        }

        var keeps = price == order!.Price && lots < order.Lots;
        Events.Add(new VenueEvent.Replaced(account, id, order.Terms.Number, keeps, price, lots));
        (order.Price, order.Lots) = (price, lots);
        if (keeps) return;
        _open.Remove(order);
        Match(order);
        if (order.Lots != 0) Rest(order);
    }

    private static uint PaysWith(MarketTerms terms, Side side) => side == Side.Buy ? terms.QuoteAsset : terms.BaseAsset;

    private static BigInteger Notional(MarketTerms terms, long price, BigInteger lots) => price * lots * (BigInteger)terms.TickValue;

    private static BigInteger Cost(MarketTerms terms, Side side, long price, ulong lots) =>
        side == Side.Buy ? Notional(terms, price, lots) : lots * (BigInteger)terms.LotSize;

    private static bool Fits(MarketTerms terms, long price, ulong lots) =>
        Notional(terms, price, lots) < Limit && lots * (BigInteger)terms.LotSize < Limit;

    private RejectionCode Judge(uint account, NewOrder order, out MarketTerms? terms)
    {
        if (!markets.TryGetValue(order.Market, out terms)) return RejectionCode.UnknownMarket;
        if (Halted.Contains(order.Market)) return RejectionCode.MarketHalted;
        if (order.Side != Side.Buy && order.Side != Side.Sell) return RejectionCode.InvalidSide;
        if (order.Type != OrderType.Limit) return RejectionCode.InvalidOrderType;
        if ((int)order.TimeInForce is < 1 or > 5) return RejectionCode.InvalidTimeInForce;
        var stays = order.TimeInForce is not (TimeInForce.ImmediateOrCancel or TimeInForce.FillOrKill);
        var postOnly = order.Flags == OrderFlags.PostOnly;
        if (order.Flags != OrderFlags.None && !(postOnly && stays)) return RejectionCode.InvalidFlags;
        if (order.Price.Ticks <= 0) return RejectionCode.InvalidPrice;
        if (order.Quantity.Lots == 0) return RejectionCode.InvalidQuantity;
        if (IsTooLarge(terms, order.Quantity.Lots)) return RejectionCode.QuantityTooLarge;
        if (order.TimeInForce == TimeInForce.GoodTillTime ? order.Expiry.Microseconds <= Now.Microseconds : order.Expiry.Microseconds != 0)
        {
            return RejectionCode.InvalidExpiry;
        }

        var smallest = terms.Parameters.Orders.MinimumImmediateQuantity;
        if (!stays && order.Quantity.Lots < smallest) return RejectionCode.ImmediateTooSmall;
        if (!Fits(terms, order.Price.Ticks, order.Quantity.Lots)) return RejectionCode.NotionalOverflow;
        if (Find(account, order.ClientOrderId) is not null) return RejectionCode.DuplicateClientOrderId;
        if (postOnly && Makers(terms, order.Side, order.Price.Ticks).Any()) return RejectionCode.WouldTrade;
        var cost = Cost(terms, order.Side, order.Price.Ticks, order.Quantity.Lots);
        return cost > Available(account, PaysWith(terms, order.Side)) ? RejectionCode.InsufficientFunds : RejectionCode.None;
    }

    private ReferenceOrder? Find(uint account, ulong id) => _open.Find(order => order.Account == account && order.Id == id);

    private void Rest(ReferenceOrder order)
    {
        order.Stamp = ++_stamp;
        _open.Add(order);
    }

    private void Match(ReferenceOrder taker)
    {
        while (taker.Lots != 0 && BestMaker(taker) is { } maker)
        {
            var lots = Math.Min(taker.Lots, maker.Lots);
            var (buyer, seller) = taker.Side == Side.Buy ? (taker, maker) : (maker, taker);
            var (quantity, notional) = (lots * (BigInteger)taker.Terms.LotSize, Notional(taker.Terms, maker.Price, lots));
            Credit(buyer.Account, taker.Terms.BaseAsset, quantity);
            Credit(seller.Account, taker.Terms.BaseAsset, -quantity);
            Credit(seller.Account, taker.Terms.QuoteAsset, notional);
            Credit(buyer.Account, taker.Terms.QuoteAsset, -notional);
            taker.Lots -= lots;
            maker.Lots -= lots;
            _trades++;
            Settlement.Traded(taker.Terms.Number, maker.Price, lots, Now);
            Report(maker, Liquidity.Maker, maker.Price, lots);
            Report(taker, Liquidity.Taker, maker.Price, lots);
            if (maker.Lots == 0) _open.Remove(maker);
        }
    }

    private ReferenceOrder? BestMaker(ReferenceOrder taker) => Makers(taker.Terms, taker.Side, taker.Price).FirstOrDefault();

    private BigInteger Tradable(ReferenceOrder taker) =>
        Makers(taker.Terms, taker.Side, taker.Price).Aggregate(BigInteger.Zero, (sum, maker) => sum + maker.Lots);

    /// <summary>What an order of that side and limit would trade with, in that order.</summary>
    private IEnumerable<ReferenceOrder> Makers(MarketTerms terms, Side side, long limit) =>
        _open.Where(order => order.Terms == terms && order.Side != side)
            .Where(order => side == Side.Buy ? order.Price <= limit : order.Price >= limit)
            .OrderBy(order => side == Side.Buy ? order.Price : -order.Price)
            .ThenBy(order => order.Stamp);

    private static bool IsTooLarge(MarketTerms terms, ulong lots) =>
        terms.Parameters.Orders.MaximumQuantity is var most && most != 0 && lots > most;

    /// <summary>The first end of the market's session after now, day by day from the epoch on.</summary>
    private BlockTime SessionEnd(MarketTerms terms)
    {
        const long Day = 86_400_000_000;
        var days = Now.Microseconds / Day;
        var today = (days * Day) + terms.Parameters.SessionEndMicroseconds;
        return new BlockTime(today > Now.Microseconds ? today : today + Day);
    }

    private void Report(ReferenceOrder order, Liquidity liquidity, long price, ulong lots) =>
        Events.Add(new VenueEvent.Filled(order.Account, new OrderFill
        {
            ClientOrderId = order.Id,
            TradeId = _trades,
            Market = order.Terms.Number,
            Side = order.Side,
            Liquidity = liquidity,
            Price = new Price(price),
            Quantity = new Quantity(lots),
            Remaining = new Quantity(order.Lots),
        }));

    private void End(ReferenceOrder order, CancelReason reason)
    {
        _open.Remove(order);
        ReportEnd(order, reason);
    }

    private void ReportEnd(ReferenceOrder order, CancelReason reason) =>
        Events.Add(new VenueEvent.Cancelled(order.Account, order.Id, order.Terms.Number, reason, order.Lots));
}

/// <summary>An open order of the reference venue.</summary>
internal sealed class ReferenceOrder
{
    public required uint Account { get; init; }

    public required ulong Id { get; init; }

    public required MarketTerms Terms { get; init; }

    public required Side Side { get; init; }

    public required long Price { get; set; }

    public required ulong Lots { get; set; }

    public required BlockTime? Expiry { get; init; }

    public required long Placed { get; init; }

    public long Stamp { get; set; }
}
