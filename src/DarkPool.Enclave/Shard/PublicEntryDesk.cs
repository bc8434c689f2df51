using System.Collections.Immutable;
using System.Security.Cryptography;
using DarkPool.Enclave.Keys;
using DarkPool.Engine;
using DarkPool.Engine.Markets;
using DarkPool.Protocol.Entries;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Link;

namespace DarkPool.Enclave.Shard;

/// <summary>Verifies and applies the entries that are not sealed: deposit certificates, signed prices, governance commands.</summary>
internal sealed partial class PublicEntryDesk
{
    private readonly Venue _venue;
    private readonly Genesis _genesis;
    private readonly KeyEpochRing _epochs;
    private readonly Bytes32 _signingKey;
    private readonly LendingGovernanceDesk _lending;
    private ReportSink _sink;

    public PublicEntryDesk(Venue venue, Genesis genesis, KeyEpochRing epochs, in Bytes32 signingKey, ReportDesk reports)
    {
        _venue = venue;
        _genesis = genesis;
        _epochs = epochs;
        _signingKey = signingKey;
        _lending = new LendingGovernanceDesk(venue);
        _sink = new ReportSink(reports);
    }

    /// <summary>
    /// Who is credited when a deposit's tag does not open: an account that nobody holds a key of, so that the venue still accounts for
    /// every unit in the vault.
    /// </summary>
    public static Bytes32 UnclaimedAccount { get; } = new(SHA256.HashData("darkpool/v1/unclaimed deposits"u8));

    /// <summary>Applies a deposit certificate; null if it was credited.</summary>
    public EntryRefusalCode? Deposit(ReadOnlySpan<byte> entry)
    {
        if (!DepositCertificate.TryRead(entry, out _)) return EntryRefusalCode.Malformed;
        if (!DepositCertificate.TryVerify(entry, _signingKey, _genesis.VenueId, out var certificate))
            return EntryRefusalCode.WrongSignature;
        if (certificate.ChainId != _genesis.ChainId) return EntryRefusalCode.WrongChain;
        if (certificate.Vault != _genesis.Vault) return EntryRefusalCode.WrongVault;
        if (certificate.DepositId != _venue.LastDepositId + 1) return EntryRefusalCode.OutOfSequence;
        if (!_venue.TryFindAsset(certificate.Token.Span, out var asset)) return EntryRefusalCode.UnlistedToken;
        if (certificate.Amount == 0 || UInt128.MaxValue - _venue.DepositedOf(asset) < certificate.Amount)
            return EntryRefusalCode.AmountOutOfRange;
        if (!_venue.OpenAccount(OwnerOf(certificate).Span, out var account)) return EntryRefusalCode.AmountOutOfRange;
        return _venue.Deposit(certificate.DepositId, asset, account, certificate.Amount, ref _sink) switch
        {
            DepositResult.Credited => null,
            var result => throw new InvalidOperationException($"A deposit that was checked was not credited: {result}."),
        };
    }

    /// <summary>Applies a signed price or quote; null if it was taken.</summary>
    public EntryRefusalCode? Price(ReadOnlySpan<byte> entry)
    {
        if (SignedQuote.TryRead(entry, out _)) return Quote(entry);
        if (!SignedPrice.TryRead(entry, out _)) return EntryRefusalCode.Malformed;
        if (!SignedPrice.TryVerify(entry, _genesis.VenueId, out var price)) return EntryRefusalCode.WrongSignature;
        var source = new Digest(price.Source.Span);
        var result = _venue.ObservePrice(price.Feed, source, price.Round, new BlockTime(price.Time), price.Price);
        _venue.TellLiquidations(ref _sink);
        return Judged(result);
    }

    /// <summary>Applies a governance command; null if it is in force.</summary>
    public EntryRefusalCode? Governance(ReadOnlySpan<byte> entry)
    {
        if (!GovernanceCommand.TryRead(entry, out _)) return EntryRefusalCode.Malformed;
        if (!GovernanceCommand.TryVerify(entry, _genesis, out var command)) return EntryRefusalCode.WrongSignature;
        if (command.Sequence != _venue.GovernanceSequence + 1) return EntryRefusalCode.OutOfSequence;
        return command.Type switch
        {
            GovernanceType.ListAsset => ListAsset(command),
            GovernanceType.ListMarket => ListMarket(command),
            GovernanceType.SetPriceSource => SetPriceSource(command),
            GovernanceType.SetSettlementInterval => SetSettlementInterval(command),
            GovernanceType.HaltMarket => HaltMarket(command),
            GovernanceType.ResumeMarket => ResumeMarket(command),
            GovernanceType.ConfigureMarket => ConfigureMarket(command),
            GovernanceType.SetOperator => SetOperator(command),
            _ => Lend(command),
        };
    }

    private EntryRefusalCode? Lend(GovernanceCommand command)
    {
        var applied = _lending.Apply(command, out var isKnown);
        _venue.TellLiquidations(ref _sink);
        if (applied is { } result) return Judged(result);
        return isKnown ? EntryRefusalCode.Malformed : EntryRefusalCode.UnknownCommand;
    }

    private EntryRefusalCode? Quote(ReadOnlySpan<byte> entry)
    {
        if (!SignedQuote.TryVerify(entry, _genesis.VenueId, out var quote)) return EntryRefusalCode.WrongSignature;
        var observed = new ReferenceQuote(quote.Round, new BlockTime(quote.Time), quote.Bid, quote.Ask);
        return Judged(_venue.ObserveQuote(quote.Feed, new Digest(quote.Source.Span), observed, ref _sink));
    }

    private static EntryRefusalCode? Judged(PriceResult result) => result switch
    {
        PriceResult.Applied => null,
        PriceResult.UnknownSource => EntryRefusalCode.UnknownSource,
        PriceResult.Stale => EntryRefusalCode.OutOfSequence,
        _ => EntryRefusalCode.InvalidParameters,
    };

    private Bytes32 OwnerOf(DepositCertificate certificate)
    {
        var tag = certificate.Tag.Span;
        return DepositTag.TryReadKeyEpoch(tag, out var epoch)
            && _epochs.Find(epoch) is { } key
            && DepositTag.TryOpen(tag, key, _genesis.VenueId, out var account)
            ? account.Key
            : UnclaimedAccount;
    }

    private EntryRefusalCode? ListAsset(GovernanceCommand command)
    {
        if (!Protocol.Entries.ListAsset.TryRead(command.Body.Span, out var body)) return EntryRefusalCode.Malformed;
        return Judged(_venue.ListAsset(
            command.Sequence, new AssetTerms { Number = body.Asset, Token = ImmutableArray.Create(body.Token.Span) }));
    }

    private EntryRefusalCode? SetPriceSource(GovernanceCommand command)
    {
        if (!Protocol.Entries.SetPriceSource.TryRead(command.Body.Span, out var body)) return EntryRefusalCode.Malformed;
        return Judged(_venue.SetPriceSource(command.Sequence, body.Feed, body.Enabled, new Digest(body.Source.Span)));
    }

    private EntryRefusalCode? SetSettlementInterval(GovernanceCommand command)
    {
        if (!Protocol.Entries.SetSettlementInterval.TryRead(command.Body.Span, out var body)) return EntryRefusalCode.Malformed;
        if (body.Interval > long.MaxValue) return EntryRefusalCode.InvalidParameters;
        return Judged(_venue.SetSettlementInterval(command.Sequence, (long)body.Interval));
    }

    private static EntryRefusalCode? Judged(GovernanceResult result) => result switch
    {
        GovernanceResult.Applied => null,
        GovernanceResult.OutOfSequence => EntryRefusalCode.OutOfSequence,
        _ => EntryRefusalCode.InvalidParameters,
    };
}
