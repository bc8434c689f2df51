using System.Runtime.CompilerServices;
using DarkPool.Engine.Ledger;
using DarkPool.Engine.Settlement;
using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Markets;

/// <summary>
/// What all markets have, whatever their rule: terms, what an order is worth, and trades that wait for settlement. A rule is a sealed
/// class below this one; the venue picks it by type, so that calls into a rule stay direct and generic over the sink.
/// </summary>
internal abstract partial class Market
{
    private readonly UInt128 _lotSize;
    private readonly UInt128 _tickValue;

    protected Market(MarketTerms terms, VenueState state)
    {
        (_lotSize, _tickValue, Number, State, Terms) = (terms.LotSize, terms.TickValue, terms.Number, state, terms);
        Adopt(terms.Parameters);
        state.Orders.SetCounted(Number, terms.Parameters.Orders.MaximumOpenOrders != 0, []);
    }

    public MarketTerms Terms { get; private set; }

    /// <summary>Whether it matches nothing and takes no orders for now.</summary>
    public bool IsHalted { get; set; }

    public uint Number { get; }

    public PendingTrades Pending { get; } = new();

    /// <summary>What it shares with the other markets of the venue.</summary>
    protected VenueState State { get; }

    /// <summary>Changes the parameters; open orders stay as they are.</summary>
    public void Configure(MarketParameters parameters)
    {
        Terms = Terms with { Parameters = parameters };
        Adopt(parameters);
        State.Orders.SetCounted(Number, parameters.Orders.MaximumOpenOrders != 0, Slots());
    }

    /// <summary>The slots of all its open orders.</summary>
    protected abstract IEnumerable<uint> Slots();

    /// <summary>The asset that an order of that side pays with.</summary>
    public uint PaysWith(Side side) => side == Side.Buy ? Terms.QuoteAsset : Terms.BaseAsset;

    /// <summary>The asset that an order of that side receives.</summary>
    public uint Receives(Side side) => side == Side.Buy ? Terms.BaseAsset : Terms.QuoteAsset;

    /// <summary>
    /// What an order holds of the asset it pays with: a seller its base, a buyer the quote at its limit and the most that it may pay in
    /// fees. False if either leg does not fit 128 bits.
    /// </summary>
    public bool TryGetHold(Side side, long price, ulong lots, uint feeMillionths, out UInt128 hold)
    {
        var fits = ExactProduct.TryMultiply(lots, _lotSize, out var legOfBase);
        fits &= ExactProduct.TryMultiply(TickLots(price, lots), _tickValue, out var legOfQuote);
        hold = legOfBase;
        if (side != Side.Buy || !fits) return fits;
        var fee = Fees.Of(legOfQuote, feeMillionths);
        hold = unchecked(legOfQuote + fee);
        return hold >= fee;
    }

    /// <summary>What a part of an order holds whose whole was checked by <see cref="TryGetHold"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public UInt128 HoldOf(Side side, long price, ulong lots, uint feeMillionths)
    {
        if (side != Side.Buy) return BaseOf(lots);
        var notional = Notional(price, lots);
        return feeMillionths == 0 ? notional : notional + Fees.Of(notional, feeMillionths);
    }

    /// <summary>What lots cost at a price, in base units of the quote asset.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public UInt128 Notional(long price, ulong lots) => ExactProduct.Multiply(TickLots(price, lots), _tickValue);

    /// <summary>Lots in base units of the base asset.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public UInt128 BaseOf(ulong lots) => ExactProduct.Multiply(lots, _lotSize);

    /// <summary>When trades of a block of that time may be settled.</summary>
    public BlockTime DueAfter(BlockTime block) =>
        new(Math.Min(block.Microseconds, long.MaxValue - Terms.PublicationDelayMicroseconds) + Terms.PublicationDelayMicroseconds);

    /// <summary>When an order that is taken now expires; <see cref="BlockTime.None"/> if it does not.</summary>
    public BlockTime ExpiryOf(in NewOrder order, BlockTime now) =>
        order.TimeInForce == TimeInForce.Day ? SessionEndAfter(now) : order.Expiry;

    private BlockTime SessionEndAfter(BlockTime now)
    {
        const long Day = 24L * 60 * 60 * 1_000_000;
        var left = Terms.Parameters.SessionEndMicroseconds - (now.Microseconds % Day);
        while (left <= 0) left += Day;
        while (left > Day) left -= Day;
        return new BlockTime(checked(now.Microseconds + left));
    }

    private static UInt128 TickLots(long price, ulong lots)
    {
        var high = Math.BigMul((ulong)price, lots, out var low);
        return new UInt128(high, low);
    }
}
