using DarkPool.Engine.Markets;
using DarkPool.Engine.Trading;
using Xunit;

namespace DarkPool.Engine.Tests.Venues;

/// <summary>A venue with the assets, markets and accounts of <see cref="VenueFlows"/>, driven step by step.</summary>
internal sealed class VenueDriver
{
    private RecordingVenueSink _sink = new();

    /// <summary>A new venue, its listings in a first block of their own.</summary>
    public VenueDriver(ulong hashSeed = 0)
    {
        Venue = new Venue(hashSeed, VenueFlows.DrawSeed);
        Venue.BeginBlock(1, VenueFlows.Start, ref _sink);
        var sequence = 0UL;
        foreach (var asset in VenueFlows.Assets) Assert.Equal(GovernanceResult.Applied, Venue.ListAsset(++sequence, asset));
        for (uint account = 0; account < VenueFlows.Accounts; account++)
        {
            Assert.True(Venue.OpenAccount(KeyOf(account), out var index));
            Assert.Equal(account, index);
        }

        foreach (var market in VenueFlows.Markets) Assert.Equal(GovernanceResult.Applied, Venue.ListMarket(++sequence, market));
        Assert.Equal(GovernanceResult.Applied, Venue.SetSettlementInterval(++sequence, VenueFlows.SettlementInterval));
        Assert.Equal(GovernanceResult.Applied, Venue.SetOperator(++sequence, new Digest(KeyOf(VenueFlows.Operator))));
        Assert.Equal(GovernanceResult.Applied, Venue.SetPriceSource(++sequence, VenueFlows.Feed, enabled: true, Source));

        Venue.EndBlock();
        Venue.BeginBlock(2, VenueFlows.Start, ref _sink);
    }

    /// <summary>Goes on with a venue that is between blocks.</summary>
    public VenueDriver(Venue venue, BlockTime time)
    {
        Venue = venue;
        Venue.BeginBlock(Venue.Block + 1, time, ref _sink);
    }

    public Venue Venue { get; }

    /// <summary>The entry of the block that was applied last.</summary>
    public uint Entry { get; private set; }

    private static Digest Source { get; } = new(new byte[32]);

    /// <summary>What was told since the list was last cleared.</summary>
    public List<VenueEvent> Events => _sink.Events;

    /// <summary>What the blocks came to.</summary>
    public List<BlockOutcome> Outcomes { get; } = [];

    /// <summary>An account's key; in another order than the indices.</summary>
    public static byte[] KeyOf(uint account) => [.. Enumerable.Range(0, 32).Select(place => (byte)(((account + 1) * 151) + place))];

    public void Apply(in VenueStep step)
    {
        Venue.BeginEntry(++Entry);
        switch (step.Action)
        {
            case > VenueAction.Halt:
                ApplySetting(step);
                break;
            case VenueAction.Place:
                Venue.PlaceOrder(step.Account, step.Order, ref _sink);
                break;
            case VenueAction.Cancel:
                Venue.CancelOrder(step.Account, step.Order.ClientOrderId, ref _sink);
                break;
            case VenueAction.Replace:
                Venue.ReplaceOrder(step.Account, step.Order.ClientOrderId, step.Order.Price, step.Order.Quantity, ref _sink);
                break;
            case VenueAction.Query:
                Venue.QueryBalances(step.Account, ref _sink);
                break;
            case VenueAction.Deposit:
                Venue.Deposit(Venue.LastDepositId + 1, (uint)(step.Amount % 3) + 1, step.Account, step.Amount, ref _sink);
                break;
            case VenueAction.Halt:
                SetHalted(step.Order.Market, halted: true);
                break;
            default:
                EndBlock();
                BeginBlock(step.Microseconds);
                ResumeAll();
                break;
        }
    }

    public void CancelAll(uint account) => Venue.CancelOrders(account, null, null, ref _sink);

    public void BeginBlock(long microseconds)
    {
        Venue.BeginBlock(Venue.Block + 1, new BlockTime(microseconds), ref _sink);
        Entry = 0;
    }

    /// <summary>What a mass cancel of the flows names: each of market and side in half of them.</summary>
    public static (uint? Market, Side? Side) Scope(in VenueStep step) => (
        step.Amount % 2 == 0 ? step.Order.Market : null, step.Amount / 2 % 2 == 0 ? step.Order.Side : null);

    private void ApplySetting(in VenueStep step)
    {
        var code = step.Action switch
        {
            VenueAction.Configure => Venue.ConfigureAccount(
                step.Account, (SelfTradePrevention)(byte)(step.Amount % 6), step.Amount % 3, Tiers(step)),
            VenueAction.Deny => Venue.SetDenied(step.Account, new Digest(KeyOf(Other(step))), step.Amount % 5 < 2),
            VenueAction.Tier => Venue.SetTier(step.Account, new Digest(KeyOf(Other(step))), (byte)(step.Amount % 3)),
            _ => RejectionCode.None,
        };
        if (code != RejectionCode.None) Events.Add(new VenueEvent.Rejected(step.Account, 0, code));
        var (market, side) = Scope(step);
        if (step.Action == VenueAction.CancelAll) Venue.CancelOrders(step.Account, market, side, ref _sink);
        if (step.Action == VenueAction.EndSession) Venue.EndSession(step.Account, step.Order.Session, ref _sink);
        if (step.Action == VenueAction.Quote)
        {
            var (bid, ask) = QuoteOf(step);
            var quote = new ReferenceQuote((Venue.Block << 32) + Entry, Venue.Time, bid, ask);
            Assert.Equal(PriceResult.Applied, Venue.ObserveQuote(VenueFlows.Feed, Source, quote, ref _sink));
        }
        else if (step.Action == VenueAction.FirmUp)
        {
            var (account, id, lots) = AnswerOf(step);
            Venue.FirmUp(account, id, new Quantity(lots), ref _sink);
        }
        else if (step.Action == VenueAction.Charge)
        {
            var number = ChargedBy(step);
            var parameters = VenueFlows.Markets.Single(terms => terms.Number == number).Parameters with { Fees = FeesOf(step) };
            Assert.Equal(GovernanceResult.Applied, Venue.ConfigureMarket(Venue.GovernanceSequence + 1, number, parameters));
        }

        if (step.Action != VenueAction.Observe) return;
        var result = Venue.ObservePrice(VenueFlows.Feed, Source, (Venue.Block << 32) + Entry, Venue.Time, PriceOf(step));
        Assert.Equal(PriceResult.Applied, result);
    }

    /// <summary>The tiers that a step's account is to accept: mostly all.</summary>
    public static ushort Tiers(in VenueStep step) => step.Amount % 7 == 0 ? (ushort)(step.Amount % 8) : ushort.MaxValue;

    /// <summary>Whom a step denies or gives a tier.</summary>
    public static uint Other(in VenueStep step) => (uint)(step.Amount / 7 % VenueFlows.Accounts);

    /// <summary>The price that a step observes.</summary>
    public static long PriceOf(in VenueStep step) => 96 + (long)(step.Amount % 9);

    /// <summary>The quote that a step observes: at times crossed, or far from the others.</summary>
    public static (long Bid, long Ask) QuoteOf(in VenueStep step)
    {
        var bid = 99 + (long)(step.Amount % 3) + (step.Amount % 31 == 0 ? 8 : 0);
        return (bid, bid + (long)(step.Amount / 3 % 4) - (step.Amount % 17 == 0 ? 2 : 0));
    }

    /// <summary>The market whose fees a step changes.</summary>
    public static uint ChargedBy(in VenueStep step) => new uint[] { 1, 3, 5 }[(int)(step.Amount % 3)];

    /// <summary>The fees that it gives the market; none one time in six.</summary>
    public static FeeTerms FeesOf(in VenueStep step) => step.Amount / 3 % 6 == 0 ? new FeeTerms() : new FeeTerms
    {
        MakerMillionths = (uint)(step.Amount / 3 % 5) * 1_500,
        TakerMillionths = ((uint)(step.Amount / 15 % 4) * 2_500) + 1,
        Account = new Digest(KeyOf(VenueFlows.FeeAccount)),
    };

    /// <summary>Whom a step lets answer to one of the last invitations, and how: mostly with the whole order.</summary>
    public (uint Account, ulong Id, ulong Lots) AnswerOf(in VenueStep step)
    {
        var back = (int)(step.Amount % 4) + 1;
        if (back > _sink.Invitations.Count || step.Amount % 23 == 0)
            return (step.Account, step.Order.ClientOrderId, step.Order.Quantity.Lots);
        var (account, invitation) = _sink.Invitations[^back];
        return (account, invitation.ClientOrderId, step.Amount % 5 == 0 ? step.Order.Quantity.Lots : invitation.Quantity.Lots);
    }

    /// <summary>Lets every market go on: a halt lasts for the rest of its block.</summary>
    public void ResumeAll()
    {
        foreach (var market in Venue.HaltedMarkets.ToList()) SetHalted(market, halted: false);
    }

    private void SetHalted(uint market, bool halted)
    {
        var listed = VenueFlows.Markets.Any(terms => terms.Number == market);
        var expected = listed ? GovernanceResult.Applied : GovernanceResult.UnknownMarket;
        Assert.Equal(expected, Venue.SetHalted(Venue.GovernanceSequence + 1, market, halted));
    }

    public BlockOutcome EndBlock()
    {
        var outcome = Venue.EndBlock();
        Outcomes.Add(outcome);
        return outcome;
    }
}
