using System.Buffers;
using System.Collections.Immutable;
using DarkPool.Engine.Markets;
using DarkPool.Engine.Trading;
using DarkPool.Engine.Trading.Auctions;
using Xunit;

namespace DarkPool.Engine.Tests.Venues.Crossing;

/// <summary>A venue with two markets of auctions and one midpoint market, and some rich accounts.</summary>
internal sealed class CrossingDriver
{
    public const uint ProRataAuction = 1;
    public const uint TimeAuction = 2;
    public const uint Midpoint = 3;
    public const uint Feed = 5;
    public const uint Accounts = 6;
    public const uint Gold = 1;
    public const uint Dollar = 2;
    public const long Start = 1_700_000_000_000_000;
    public const long Interval = 1_000_000;
    public const long Window = 400_000;
    public const long FirmUpTime = 2_000_000;
    public const long Staleness = 3_000_000;
    public const ulong Wealth = 100_000_000;

    private static readonly Digest Source = new([.. Enumerable.Repeat((byte)9, 32)]);

    private RecordingVenueSink _sink = new();
    private ulong _round;

    public CrossingDriver(ulong hashSeed = 0, byte drawSeed = 1)
    {
        Venue = new Venue(hashSeed, new Digest([.. Enumerable.Repeat(drawSeed, 32)]));
        Venue.BeginBlock(1, new BlockTime(Start), ref _sink);
        List();
        for (uint account = 0; account < Accounts; account++)
        {
            Assert.True(Venue.OpenAccount(VenueDriver.KeyOf(account), out _));
            foreach (var asset in (uint[])[Gold, Dollar]) Venue.Deposit(Venue.LastDepositId + 1, asset, account, Wealth, ref _sink);
        }

        _sink.Events.Clear();
    }

    public CrossingDriver(Venue venue, ulong round) => (Venue, _round) = (venue, round);

    public Venue Venue { get; }

    public List<VenueEvent> Events => _sink.Events;

    public List<BlockOutcome> Outcomes { get; } = [];

    public ulong QuoteRound => _round;

    public IEnumerable<OrderFill> Fills => Events.OfType<VenueEvent.Filled>().Select(filled => filled.Fill);

    public static NewOrder Order(uint market, ulong id, Side side, long price, ulong lots) =>
        LimitOrders.New(market, id, side, price, lots);

    public RejectionCode Place(uint account, in NewOrder order) => Venue.PlaceOrder(account, order, ref _sink);

    public RejectionCode Cancel(uint account, ulong id) => Venue.CancelOrder(account, id, ref _sink);

    public RejectionCode Replace(uint account, ulong id, long price, ulong lots) =>
        Venue.ReplaceOrder(account, id, new Price(price), new Quantity(lots), ref _sink);

    public RejectionCode FirmUp(uint account, ulong id, ulong lots) => Venue.FirmUp(account, id, new Quantity(lots), ref _sink);

    public PriceResult Quote(long bid, long ask) =>
        Venue.ObserveQuote(Feed, Source, new ReferenceQuote(++_round, Venue.Time, bid, ask), ref _sink);

    public void Halt(uint market, bool halted) =>
        Assert.Equal(GovernanceResult.Applied, Venue.SetHalted(Venue.GovernanceSequence + 1, market, halted));

    /// <summary>Ends the block and begins the next one so much later.</summary>
    public void Pass(long microseconds)
    {
        var time = Venue.Time.Microseconds;
        Outcomes.Add(Venue.EndBlock());
        Venue.BeginBlock(Venue.Block + 1, new BlockTime(time + microseconds), ref _sink);
    }

    public byte[] SnapshotBetweenBlocks()
    {
        var bytes = new ArrayBufferWriter<byte>();
        Venue.WriteSnapshot(bytes);
        return bytes.WrittenSpan.ToArray();
    }

    public void End() => Outcomes.Add(Venue.EndBlock());

    public void Begin(long time) => Venue.BeginBlock(Venue.Block + 1, new BlockTime(time), ref _sink);

    private void List()
    {
        var sequence = 0UL;
        foreach (var asset in (uint[])[Gold, Dollar])
        {
            var terms = new AssetTerms { Number = asset, Token = [.. Enumerable.Repeat((byte)asset, AssetTerms.TokenSize)] };
            Assert.Equal(GovernanceResult.Applied, Venue.ListAsset(++sequence, terms));
        }

        Assert.Equal(GovernanceResult.Applied, Venue.SetPriceSource(++sequence, Feed, true, Source));
        var proRata = new AuctionTerms
        {
            IntervalMicroseconds = Interval,
            CloseWindowMicroseconds = Window,
            Allocation = AuctionAllocation.ProRata,
        };
        ImmutableArray<(uint Number, MatchingRule Rule, MarketParameters Parameters)> markets =
        [
            (ProRataAuction, MatchingRule.Auction, new MarketParameters { Auction = proRata }),
            (TimeAuction, MatchingRule.Auction, new MarketParameters { Auction = proRata with { Allocation = AuctionAllocation.Time } }),
            (Midpoint, MatchingRule.Midpoint, new MarketParameters
            {
                Reference = new ReferenceTerms { Feed = Feed, StalenessMicroseconds = Staleness, MidpointCollarBasisPoints = 1_000 },
                Conditional = new ConditionalTerms { FirmUpMicroseconds = FirmUpTime, FirmUpRateFloorBasisPoints = 5_000 },
            }),
        ];
        foreach (var (number, rule, parameters) in markets)
        {
            Assert.Equal(GovernanceResult.Applied, Venue.ListMarket(++sequence, new MarketTerms
            {
                Number = number,
                BaseAsset = Gold,
                QuoteAsset = Dollar,
                Rule = rule,
                LotSize = 3,
                TickValue = 1,
                PublicationDelayMicroseconds = 0,
                Parameters = parameters,
            }));
        }
    }
}
