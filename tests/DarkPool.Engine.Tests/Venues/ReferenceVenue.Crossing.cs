using System.Numerics;
using DarkPool.Engine.Markets;
using DarkPool.Engine.Tests.Trading;
using DarkPool.Engine.Tests.Trading.Auctions;
using DarkPool.Engine.Trading;
using DarkPool.Engine.Trading.Auctions;
using DarkPool.Engine.Trading.Midpoint;

namespace DarkPool.Engine.Tests.Venues;

/// <summary>
/// Auctions and midpoint markets: the plain book of the rule says who trades; here is who may, what is held and paid, and what is told.
/// </summary>
internal sealed partial class ReferenceVenue
{
    /// <summary>The feed's latest quote.</summary>
    public (long Bid, long Ask, BlockTime Time)? Quote { get; private set; }

    private ICounterpartyFilter Distinct => new OtherOwners(this);

    /// <summary>Changes what a market takes for trades.</summary>
    public void Charge(uint market, FeeTerms fees)
    {
        var terms = _markets[market].Terms;
        _markets[market].Terms = terms with { Parameters = terms.Parameters with { Fees = fees } };
        Changed = true;
    }

    private RejectionCode JudgeCrossing(uint account, NewOrder order, ReferenceMarket market, out ReferenceOrder? taker)
    {
        taker = null;
        var (conditional, terms) = (order.Flags.HasFlag(OrderFlags.Conditional), market.Terms.Parameters.Conditional);
        if (conditional && order.Quantity.Lots < terms.MinimumQuantity) return RejectionCode.InvalidQuantity;
        if (conditional && market.Desk.IsOut(account, Now.Microseconds)) return RejectionCode.FirmUpRateTooLow;
        var limit = conditional ? order.Price.Ticks : LimitOf(market, order.Side, order.Price.Ticks);
        if (limit is not { } price) return RejectionCode.NoReference;
        taker = Opened(account, order, market, Math.Max(1, price));
        taker.Holds = !conditional;
        var code = JudgeState(taker);
        if (code != RejectionCode.None || !taker.Is(OrderFlags.PostOnly)) return code;
        return market.Midpoint.WouldTrade(MidpointOrderOf(taker, price), Distinct) ? RejectionCode.WouldTrade : code;
    }

    private void PlaceCrossing(ReferenceOrder order)
    {
        order.Stamp = ++_stamp;
        _open.Add(order);
        if (order.Terms.Rule == MatchingRule.Auction) PlaceInAuction(order);
        else PlaceAtMidpoint(order);
    }

    private RejectionCode ReplaceCrossing(ReferenceOrder order, long price, ulong lots)
    {
        var (terms, most) = (order.Terms, order.Terms.Parameters.Orders.MaximumQuantity);
        if (Halted.Contains(terms.Number)) return RejectionCode.MarketHalted;
        if (lots == 0) return RejectionCode.InvalidQuantity;
        if (most != 0 && lots > most) return RejectionCode.QuantityTooLarge;
        if (order.Is(OrderFlags.Conditional)) return RejectionCode.InvalidFlags;
        var unpriced = terms.Rule == MatchingRule.Midpoint && order.Asked.Type != OrderType.Limit;
        if (price < 0 || (price == 0 && !unpriced)) return RejectionCode.InvalidPrice;
        if (LimitOf(order.Market, order.Side, price) is not { } limit) return RejectionCode.NoReference;
        if (WouldTrade(order, limit, lots)) return RejectionCode.WouldTrade;
        var code = HoldFor(order, limit, lots);
        if (code != RejectionCode.None) return code;
        var (market, id) = (order.Market, (ulong)order.Placed);
        if (terms.Rule == MatchingRule.Auction) market.Auction.Replace(id, limit, lots, ref market.Auctioned);
        else market.Midpoint.Replace(id, limit, lots, Distinct, ref market.Crossed);
        Tell(market);
        if (terms.Rule == MatchingRule.Midpoint) Finish(market);
        return RejectionCode.None;
    }

    private RejectionCode HoldFor(ReferenceOrder order, long limit, ulong lots)
    {
        var price = Math.Max(1, limit);
        if (!Fits(order, price, lots)) return RejectionCode.NotionalOverflow;
        var held = order.Holds ? Cost(order, order.Price, order.Lots, order.MostFee) : 0;
        var more = Cost(order, price, lots, MostFee(order.Terms)) - held;
        if (more > 0 && more > Available(order.Account, PaysWith(order.Terms, order.Side))) return RejectionCode.InsufficientFunds;
        (order.Price, order.Lots, order.MostFee, order.Holds) = (price, lots, MostFee(order.Terms), true);
        return RejectionCode.None;
    }

    /// <summary>The limit of an order whose owner gave this one; 0 is none, and null says that none can be told.</summary>
    private long? LimitOf(ReferenceMarket market, Side side, long given)
    {
        var auction = market.Terms.Rule == MatchingRule.Auction;
        if (given != 0 || (!auction && side == Side.Sell)) return given;
        if (auction)
        {
            var collar = market.Terms.Parameters.Orders.CollarBasisPoints;
            if (collar == 0 || ReferenceOf(market, Now) is not { } reference) return null;
            return side == Side.Buy ? Around(reference, collar).High : Around(reference, collar).Low;
        }

        if (market.Midpoint.UsableReference is not { } quote) return null;
        var width = market.Terms.Parameters.Reference.MidpointCollarBasisPoints;
        return width == 0 ? quote.Ask * 2 : Around(quote.Bid + quote.Ask, width).High;
    }

    private static (long Low, long High) Around(BigInteger price, uint basisPoints)
    {
        var width = price * basisPoints / 10_000;
        return ((long)BigInteger.Max(1, price - width), (long)BigInteger.Min(long.MaxValue, price + width));
    }

    /// <summary>Takes an order out of its market's book.</summary>
    private void TakeOut(ReferenceOrder order)
    {
        var (market, id) = (order.Market, (ulong)order.Placed);
        var floor = market.Terms.Parameters.Conditional.FirmUpRateFloorBasisPoints;
        if (order.Terms.Rule == MatchingRule.Auction) market.Auction.Cancel(id, ref market.Auctioned);
        else if (order.Is(OrderFlags.Conditional)) market.Desk.Cancel(id, floor, Now.Microseconds, market.Conditional);
        else market.Midpoint.Cancel(id, ref market.Crossed);
        market.Auctioned.Events.Clear();
        market.Crossed.Events.Clear();
        market.Conditional.Events.Clear();
    }

    private ReferenceOrder Placed(ulong id) => _open.Single(order => order.Placed == (long)id);

    private void Cross((ulong Id, Liquidity By) first, (ulong Id, Liquidity By) second, Price price, Quantity lots)
    {
        var (one, other) = (Placed(first.Id), Placed(second.Id));
        (one.Lots, other.Lots) = (one.Lots - lots.Lots, other.Lots - lots.Lots);
        Pay((one, first.By), (other, second.By), price.Ticks, lots.Lots);
        foreach (var order in new[] { one, other }.Where(order => order.Lots == 0))
        {
            _open.Remove(order);
            Remember(order, isFilled: true);
        }
    }

    /// <summary>Carries out and tells what a market's books told.</summary>
    private void Tell(ReferenceMarket market)
    {
        foreach (var told in market.Auctioned.Events) Tell(market, told);
        foreach (var told in market.Crossed.Events) Tell(market, told);
        foreach (var told in market.Conditional.Events) Tell(market, told);
        market.Auctioned.Events.Clear();
        market.Crossed.Events.Clear();
        market.Conditional.Events.Clear();
    }

    private void Tell(ReferenceMarket market, object told)
    {
        switch (told)
        {
            case AuctionEvent.Held held:
                Changed = true;
                if (held.Clearing.Volume != 0) market.LastPrice = held.Clearing.Ticks;
                break;
            case AuctionEvent.Traded { Trade: var trade }:
                Cross((trade.BuyId, Liquidity.Cross), (trade.SellId, Liquidity.Cross), trade.Price, trade.Quantity);
                break;
            case AuctionTrade trade:
                Cross((trade.BuyId, Liquidity.Cross), (trade.SellId, Liquidity.Cross), trade.Price, trade.Quantity);
                break;
            case BookEvent.Traded { Trade: var trade }:
                Cross((trade.MakerId, Liquidity.Maker), (trade.TakerId, Liquidity.Taker), trade.Price, trade.Quantity);
                break;
            case AuctionEvent.Cancelled gone:
                Drop(Placed(gone.Id), gone.Reason);
                break;
            case BookEvent.Cancelled gone:
                Drop(Placed(gone.Id), gone.Reason);
                break;
            case AuctionEvent.Replaced(var id, var price, var lots, var kept):
                TellReplaced(Placed(id), price, lots, kept);
                break;
            case BookEvent.Replaced(var id, var price, var lots, var kept):
                TellReplaced(Placed(id), price, lots, kept);
                break;
            case ValueTuple<string, ConditionalOrder, ulong, long> ("invited", var order, var round, var deadline):
                TellInvited(market, order, round, deadline);
                break;
            case ValueTuple<string, ConditionalOrder, ulong> ("firmed", var order, var round):
                var firm = Placed(order.Id);
                Events.Add(new VenueEvent.Firmed(firm.Account, firm.Id, market.Terms.Number, round, order.Quantity.Lots));
                break;
            case ValueTuple<string, ConditionalOrder, Quantity, CancelReason> ("ended", var order, var left, var reason):
                if (left.Lots != 0) Drop(Placed(order.Id), reason);
                break;
        }
    }

    private void TellReplaced(ReferenceOrder order, long price, ulong lots, bool kept)
    {
        Changed = true;
        Events.Add(new VenueEvent.Replaced(order.Account, order.Id, order.Terms.Number, kept, price, lots));
    }

    private void TellInvited(ReferenceMarket market, ConditionalOrder order, ulong round, long deadline)
    {
        Changed = true;
        var invited = Placed(order.Id);
        Events.Add(new VenueEvent.Invited(invited.Account, new FirmUpInvitation
        {
            ClientOrderId = invited.Id,
            Market = market.Terms.Number,
            Side = order.Side,
            Quantity = order.Quantity,
            Round = round,
            Deadline = new BlockTime(deadline),
        }));
    }

    private void Drop(ReferenceOrder order, CancelReason reason)
    {
        _open.Remove(order);
        EndUnrested(order, reason);
    }

    private static TradeMinimum MinimumOf(ReferenceOrder order) =>
        new(order.Asked.MinimumQuantity.Lots, order.Asked.MinimumInteraction.Lots);

    private static Execution ExecutionOf(ReferenceOrder order) =>
        order.Asked.TimeInForce == TimeInForce.ImmediateOrCancel ? Execution.ImmediateOrCancel
        : order.Asked.TimeInForce == TimeInForce.FillOrKill ? Execution.FillOrKill
        : order.Is(OrderFlags.PostOnly) ? Execution.PostOnly
        : Execution.Rest;

    private sealed class OtherOwners(ReferenceVenue venue) : ICounterpartyFilter
    {
        public bool MayTrade(uint owner, uint other) => !venue.AreOne(owner, other) && venue.MayTrade(owner, other);
    }
}
