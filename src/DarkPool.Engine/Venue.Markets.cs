using System.Buffers;
using System.Buffers.Binary;
using DarkPool.Engine.Journals;
using DarkPool.Engine.Markets;
using DarkPool.Engine.Markets.Crossing;
using DarkPool.Engine.Snapshots;
using DarkPool.Engine.Trading.Auctions;

namespace DarkPool.Engine;

/// <summary>What governance decides of markets.</summary>
public sealed partial class Venue
{
    /// <summary>Lists a market.</summary>
    public GovernanceResult ListMarket(ulong sequence, MarketTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        if (!Follows(sequence)) return GovernanceResult.OutOfSequence;
        var result = Judge(terms);
        if (result == GovernanceResult.Applied && !TryOpenFeeAccount(terms.Parameters)) result = GovernanceResult.NumberTooLarge;
        if (result != GovernanceResult.Applied) return result;
        GovernanceSequence = sequence;
        Add(CreateMarket(terms));
        Span<byte> more = stackalloc byte[32];
        BinaryPrimitives.WriteUInt128LittleEndian(more, terms.LotSize);
        BinaryPrimitives.WriteUInt128LittleEndian(more[16..], terms.TickValue);
        var assets = ((ulong)terms.QuoteAsset << 32) | terms.BaseAsset;
        _state.Journal.Write(
            JournalKind.MarketListed, terms.Number, (uint)terms.Rule, sequence, assets, (ulong)terms.PublicationDelayMicroseconds, more);
        if (terms.Parameters != MarketParameters.None) WriteParameters(sequence, terms);
        return GovernanceResult.Applied;
    }

    /// <summary>Changes a market's parameters. Open orders stay as they are, whether or not they would be taken now.</summary>
    public GovernanceResult ConfigureMarket(ulong sequence, uint number, MarketParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (!Follows(sequence)) return GovernanceResult.OutOfSequence;
        if (FindMarket(number) is not { } market) return GovernanceResult.UnknownMarket;
        if (!IsSound(market.Terms.Rule, parameters)) return GovernanceResult.InvalidTerms;
        if (!TryOpenFeeAccount(parameters)) return GovernanceResult.NumberTooLarge;
        GovernanceSequence = sequence;
        market.Configure(parameters);
        WriteParameters(sequence, market.Terms);
        return GovernanceResult.Applied;
    }

    /// <summary>Halts a market, or lets it go on. A halted market matches nothing and takes no orders; cancels and expiries pass.</summary>
    public GovernanceResult SetHalted(ulong sequence, uint number, bool halted)
    {
        if (!Follows(sequence)) return GovernanceResult.OutOfSequence;
        if (FindMarket(number) is not { } market) return GovernanceResult.UnknownMarket;
        GovernanceSequence = sequence;
        market.IsHalted = halted;
        _state.Journal.Write(halted ? JournalKind.MarketHalted : JournalKind.MarketResumed, 0, number, 0, sequence, 0, 0);
        return GovernanceResult.Applied;
    }

    /// <summary>Numbers of the halted markets, ascending.</summary>
    public IEnumerable<uint> HaltedMarkets => Listed.Where(market => market.IsHalted).Select(market => market.Number);

    private Market CreateMarket(MarketTerms terms) => terms.Rule switch
    {
        MatchingRule.Auction => new AuctionMarket(terms, _state),
        MatchingRule.Midpoint => new MidpointMarket(terms, _state),
        _ => new ContinuousMarket(terms, _state),
    };

    private void Add(Market market)
    {
        _markets[market.Number] = market;
        if (market is not CrossingMarket crossing) return;
        _crossing.Add(crossing);
        _crossing.Sort((left, right) => left.Number.CompareTo(right.Number));
    }

    private void WriteParameters(ulong sequence, MarketTerms terms)
    {
        var bytes = new ArrayBufferWriter<byte>();
        ParameterSnapshot.Write(new SnapshotWriter(bytes), terms.Parameters);
        _state.Journal.Write(JournalKind.MarketConfigured, terms.Number, 0, sequence, 0, 0, bytes.WrittenSpan);
    }

    private GovernanceResult Judge(MarketTerms terms)
    {
        if (terms.Number >= VenueLimits.MaxMarkets) return GovernanceResult.NumberTooLarge;
        if (_markets[terms.Number] is not null) return GovernanceResult.AlreadyListed;
        if (!IsListed(terms.BaseAsset) || !IsListed(terms.QuoteAsset)) return GovernanceResult.UnknownAsset;
        if (terms.Rule is < MatchingRule.Continuous or > MatchingRule.Midpoint) return GovernanceResult.UnknownRule;
        var sound = terms.BaseAsset != terms.QuoteAsset && terms.LotSize != 0 && terms.TickValue != 0
            && terms.PublicationDelayMicroseconds is >= 0 and <= VenueLimits.MaxPublicationDelayMicroseconds;
        return sound && IsSound(terms.Rule, terms.Parameters) ? GovernanceResult.Applied : GovernanceResult.InvalidTerms;
    }

    /// <summary>Whether every parameter is in its range, and none is given that the rule does not know.</summary>
    private static bool IsSound(MatchingRule rule, MarketParameters parameters)
    {
        var (fees, orders, reference) = (parameters.Fees, parameters.Orders, parameters.Reference);
        var sound = Math.Max(fees.MakerMillionths, fees.TakerMillionths) <= VenueLimits.MaxFeeMillionths;
        sound &= (fees.Account == default) == (fees.MakerMillionths == 0 && fees.TakerMillionths == 0);
        sound &= orders.CollarBasisPoints == 0 || reference.Feed != 0;
        sound &= IsSpan(orders.ImmediateWindowMicroseconds) && (orders.ImmediateOrders == 0) == (orders.ImmediateWindowMicroseconds == 0);
        sound &= IsSpan(reference.StalenessMicroseconds) && parameters.SessionEndMicroseconds is >= 0 and < VenueLimits.MaxSpanMicroseconds;
        return sound && rule switch
        {
            MatchingRule.Continuous => parameters.Auction == new AuctionTerms() && parameters.Conditional == new ConditionalTerms()
                && reference.MidpointCollarBasisPoints == 0,
            MatchingRule.Auction => IsSound(parameters.Auction) && parameters.Conditional == new ConditionalTerms()
                && reference.MidpointCollarBasisPoints == 0,
            MatchingRule.Midpoint => parameters.Auction == new AuctionTerms() && IsSound(parameters.Conditional) && reference.Feed != 0,
            _ => false,
        };
    }

    private static bool IsSound(AuctionTerms auction) => auction.IntervalMicroseconds > 0 && IsSpan(auction.IntervalMicroseconds)
        && auction.CloseWindowMicroseconds >= 0 && auction.CloseWindowMicroseconds <= auction.IntervalMicroseconds
        && auction.Allocation is AuctionAllocation.ProRata or AuctionAllocation.Time;

    private static bool IsSound(ConditionalTerms conditional) =>
        IsSpan(conditional.FirmUpMicroseconds) && conditional.FirmUpRateFloorBasisPoints <= 10_000;

    /// <summary>False if the venue has no room for the account that fees are to go to.</summary>
    private bool TryOpenFeeAccount(MarketParameters parameters) =>
        parameters.Fees.Account == default || OpenAccount(parameters.Fees.Account.ToArray(), out _);

    private bool HasFeeAccount(MarketParameters parameters) =>
        parameters.Fees.Account == default || TryFindAccount(parameters.Fees.Account.ToArray(), out _);

    private static bool IsSpan(long microseconds) => microseconds is >= 0 and <= VenueLimits.MaxSpanMicroseconds;
}
