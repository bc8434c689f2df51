using DarkPool.Engine;
using DarkPool.Engine.Markets;
using DarkPool.Protocol.Entries;
using DarkPool.Protocol.Link;
using EngineRule = DarkPool.Engine.Markets.MatchingRule;
using WireParameters = DarkPool.Protocol.Entries.MarketParameters;

namespace DarkPool.Enclave.Shard;

/// <summary>What governance decides of markets.</summary>
internal sealed partial class PublicEntryDesk
{
    private EntryRefusalCode? ListMarket(GovernanceCommand command)
    {
        if (!Protocol.Entries.ListMarket.TryRead(command.Body.Span, out var body)) return EntryRefusalCode.Malformed;
        if (body.PublicationDelay > long.MaxValue || !TryTranslate(body.Parameters, out var parameters))
            return EntryRefusalCode.InvalidParameters;
        return Judged(_venue.ListMarket(command.Sequence, new MarketTerms
        {
            Number = body.Market,
            BaseAsset = body.BaseAsset,
            QuoteAsset = body.QuoteAsset,
            Rule = (EngineRule)body.Rule,
            LotSize = body.LotSize,
            TickValue = body.TickValue,
            PublicationDelayMicroseconds = (long)body.PublicationDelay,
            Parameters = parameters,
        }));
    }

    private EntryRefusalCode? ConfigureMarket(GovernanceCommand command)
    {
        if (!Protocol.Entries.ConfigureMarket.TryRead(command.Body.Span, out var body)) return EntryRefusalCode.Malformed;
        if (!TryTranslate(body.Parameters, out var parameters)) return EntryRefusalCode.InvalidParameters;
        return Judged(_venue.ConfigureMarket(command.Sequence, body.Market, parameters));
    }

    private EntryRefusalCode? HaltMarket(GovernanceCommand command) =>
        Protocol.Entries.HaltMarket.TryRead(command.Body.Span, out var body)
            ? Judged(_venue.SetHalted(command.Sequence, body.Market, halted: true)) : EntryRefusalCode.Malformed;

    private EntryRefusalCode? ResumeMarket(GovernanceCommand command) =>
        Protocol.Entries.ResumeMarket.TryRead(command.Body.Span, out var body)
            ? Judged(_venue.SetHalted(command.Sequence, body.Market, halted: false)) : EntryRefusalCode.Malformed;

    private EntryRefusalCode? SetOperator(GovernanceCommand command) =>
        Protocol.Entries.SetOperator.TryRead(command.Body.Span, out var body)
            ? Judged(_venue.SetOperator(command.Sequence, new Digest(body.Account.Span))) : EntryRefusalCode.Malformed;

    /// <summary>False if a span is longer than the engine can say.</summary>
    private static bool TryTranslate(in WireParameters wire, out Engine.Markets.MarketParameters parameters)
    {
        var longest = Math.Max(Math.Max(wire.ImmediateWindow, wire.SessionEnd), Math.Max(wire.ReferenceStaleness, wire.FirmUpTime));
        parameters = Engine.Markets.MarketParameters.None;
        if (Math.Max(longest, Math.Max(wire.AuctionInterval, wire.AuctionCloseWindow)) > long.MaxValue) return false;
        parameters = new Engine.Markets.MarketParameters
        {
            Fees = new FeeTerms
            {
                MakerMillionths = wire.MakerFee,
                TakerMillionths = wire.TakerFee,
                Account = new Digest(wire.FeeAccount.Span),
            },
            Orders = new OrderLimits
            {
                MaximumQuantity = wire.MaximumQuantity,
                MinimumImmediateQuantity = wire.MinimumImmediateQuantity,
                ImmediateOrders = wire.ImmediateOrders,
                ImmediateWindowMicroseconds = (long)wire.ImmediateWindow,
                MaximumOpenOrders = wire.MaximumOpenOrders,
                CollarBasisPoints = wire.CollarBasisPoints,
            },
            Reference = new ReferenceTerms
            {
                Feed = wire.ReferenceFeed,
                StalenessMicroseconds = (long)wire.ReferenceStaleness,
                MidpointCollarBasisPoints = wire.MidpointCollarBasisPoints,
            },
            Auction = new AuctionTerms
            {
                IntervalMicroseconds = (long)wire.AuctionInterval,
                CloseWindowMicroseconds = (long)wire.AuctionCloseWindow,
                Allocation = (Engine.Trading.Auctions.AuctionAllocation)wire.AuctionAllocation,
            },
            Conditional = new ConditionalTerms
            {
                FirmUpMicroseconds = (long)wire.FirmUpTime,
                FirmUpRateFloorBasisPoints = wire.FirmUpRateFloor,
                MinimumQuantity = wire.MinimumConditionalQuantity,
            },
            SessionEndMicroseconds = (long)wire.SessionEnd,
        };
        return true;
    }
}
