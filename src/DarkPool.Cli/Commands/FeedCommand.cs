using System.CommandLine;
using DarkPool.Cli.Orders;
using DarkPool.Cli.Output;
using DarkPool.Cli.Stack;
using DarkPool.Client.Venue;
using DarkPool.Protocol.Entries;
using DarkPool.Protocol.Identity;
using NSec.Cryptography;

namespace DarkPool.Cli.Commands;

/// <summary>`darkpool feed`: who speaks for a feed, and what its source says.</summary>
internal static class FeedCommand
{
    private const string Description = """
        Feeds are what prices are measured by: auctions and collars by a price, midpoint markets by a two-sided quote. Governance names a
        source; the source signs.
        """;

    public static Command Create() => new("feed", Description) { Source(), Quote(), Price() };

    private static Command Source()
    {
        Option<uint> feed = Feed();
        Option<Bytes32> source = MarketParameterOptions.PublicKey("--source", "The source's public key, as `account create` prints it.");
        source.Required = true;
        Option<bool> disable = new("--disable") { Description = "It may not any more." };
        return new GovernanceChoice().Run(
            new Command("source", "Let a key speak for a feed.") { feed, source, disable }, GovernanceType.SetPriceSource,
            parsed => new SetPriceSource(parsed.GetValue(feed), !parsed.GetValue(disable), parsed.GetValue(source)).ToBytes());
    }

    private static Command Quote()
    {
        Option<uint> feed = Feed();
        Option<long> bid = new("--bid") { Description = "Best bid, in ticks of the feed.", Required = true };
        Option<long> ask = new("--ask") { Description = "Best offer, in ticks of the feed.", Required = true };
        return Publish(new Command("quote", "Publish a signed quote.") { feed, bid, ask }, (parsed, say) => new SignedQuote(
            parsed.GetValue(feed), say.Round, say.Time, parsed.GetValue(bid), parsed.GetValue(ask), say.Source).Sign(say.Key, say.Venue));
    }

    private static Command Price()
    {
        Option<uint> feed = Feed();
        Option<long> price = new("--price") { Description = "The price, in ticks of the feed.", Required = true };
        return Publish(new Command("price", "Publish a signed price.") { feed, price }, (parsed, say) => new SignedPrice(
            parsed.GetValue(feed), say.Round, say.Time, parsed.GetValue(price), say.Source).Sign(say.Key, say.Venue));
    }

    private static Command Publish(Command command, Func<ParseResult, Saying, byte[]> sign)
    {
        Option<FileInfo> key = SharedOptions.AccountKey();
        key.Description = "File with the source's key: 64 hex digits, as `darkpool account create` writes it.";
        Option<Uri> venue = SharedOptions.Venue();
        Option<ulong?> round = new("--round") { Description = "The source's number of it, rising; without it, the time in microseconds." };
        Option<bool> json = SharedOptions.Json();
        foreach (Option option in new Option[] { key, venue, round, json })
            command.Add(option);
        command.SetAction((parsed, cancellation) => CommandFailure.GuardAsync(
            async token =>
            {
                using Key source = AccountKeyFile.Read(parsed.GetRequiredValue(key));
                using var http = new HttpClient { BaseAddress = parsed.GetRequiredValue(venue) };
                Saying say = await SayingAsync(http, source, parsed.GetValue(round), token);
                await SignedEntry.PostAsync(http, "v1/prices", sign(parsed, say), command.Name, token);
                Report.Print(new { Published = command.Name, say.Round, say.Time }, parsed.GetValue(json));
                return ExitCode.Success;
            },
            cancellation));
        return command;
    }

    private static async Task<Saying> SayingAsync(HttpClient http, Key source, ulong? round, CancellationToken cancellation)
    {
        VenueDescription venue = await VenueDescriptions.ReadAsync(http, cancellation);
        long now = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        var key = new Bytes32(source.PublicKey.Export(KeyBlobFormat.RawPublicKey));
        return new Saying(source, key, new Bytes32(Convert.FromHexString(venue.VenueId)), round ?? (ulong)now, now);
    }

    private static Option<uint> Feed() => new("--feed") { Description = "Number of the feed.", Required = true };

    /// <summary>Who says something of which venue, and when.</summary>
    private sealed record Saying(Key Key, Bytes32 Source, Bytes32 Venue, ulong Round, long Time);
}
