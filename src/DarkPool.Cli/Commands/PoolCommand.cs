using System.CommandLine;
using DarkPool.Cli.Output;
using DarkPool.Cli.Processes;
using DarkPool.Cli.Stack;
using DarkPool.Client.Venue;
using DarkPool.Protocol.Entries;
using DarkPool.Protocol.Identity;
using NSec.Cryptography;

namespace DarkPool.Cli.Commands;

/// <summary>`darkpool pool`: the lending pool of a development venue, and its prices.</summary>
internal static class PoolCommand
{
    private const string Description = """
        List the lending pool of a venue that `up` runs, and post the prices of its feeds. Needs the data folder: the keys of governance and
        of the price source are there.
        """;

    private static readonly TimeSpan Before = TimeSpan.FromSeconds(1);

    public static Command Create() => new("pool", Description) { List(), Price() };

    private static Command List()
    {
        Option<string> data = SharedOptions.Data();
        Option<bool> json = SharedOptions.Json();
        var command = new Command(
            "list", "List a pool of both test assets, each with a feed, a liquidation market, and a trading market that buys from it.")
        {
            data, json,
        };
        command.SetAction((parsed, cancellation) => CommandFailure.GuardAsync(
            async token =>
            {
                var folder = new DataFolder(parsed.GetRequiredValue(data));
                using HttpClient http = Connect(folder);
                using GovernanceKeys keys = GovernanceKeys.LoadOrCreate(folder.Governance);
                using Key source = keys.PriceSource();
                VenueDescription venue = await VenueDescriptions.ReadAsync(http, token);
                var desk = new GovernanceDesk(http, IdOf(venue), keys.Signers, venue.Governance.NextSequence);
                bool isNew = await new PoolListing(desk, PublicKey(source), keys.PublicKeys.First()).EnsureAsync(venue, token);
                Report.Print(
                    new { PoolListing.Pool, PoolListing.Liquidation, PoolListing.Market, Listed = isNew }, parsed.GetValue(json));
                return ExitCode.Success;
            },
            cancellation));
        return command;
    }

    private static Command Price()
    {
        Option<string> data = SharedOptions.Data();
        Option<string> asset = TokenAmount.Asset();
        Option<string> price = new("--price") { HelpName = "USD", Description = "Price of a whole token.", Required = true };
        Option<bool> json = SharedOptions.Json();
        var command = new Command("price", "Post a signed price of an asset's feed.") { data, asset, price, json };
        command.SetAction((parsed, cancellation) => CommandFailure.GuardAsync(
            async token =>
            {
                var folder = new DataFolder(parsed.GetRequiredValue(data));
                using HttpClient http = Connect(folder);
                using GovernanceKeys keys = GovernanceKeys.LoadOrCreate(folder.Governance);
                using Key source = keys.PriceSource();
                VenueDescription venue = await VenueDescriptions.ReadAsync(http, token);
                VenueAsset of = TokenAmount.AssetOf(venue, parsed.GetRequiredValue(asset));
                UInt128 amount = TokenAmount.Parse(parsed.GetRequiredValue(price), PoolListing.PriceDecimals);
                if (amount == 0 || amount > (UInt128)(long.MaxValue >> 4))
                    throw new StackException("--price is above zero and below 5 billion.");
                // The venue takes no price that is later than its block's time, which the host sets a moment before.
                long time = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch - Before).Ticks / TimeSpan.TicksPerMicrosecond;
                var observation = new SignedPrice(of.Asset, (ulong)time, time, (long)amount, PublicKey(source));
                await SignedEntry.PostAsync(http, "v1/prices", observation.Sign(source, IdOf(venue)), "the price", token);
                Report.Print(new { of.Symbol, Price = TokenAmount.Format(amount, PoolListing.PriceDecimals) }, parsed.GetValue(json));
                return ExitCode.Success;
            },
            cancellation));
        return command;
    }

    private static HttpClient Connect(DataFolder folder) => RunningStack.Load(folder) is { } stack
        ? new HttpClient { BaseAddress = new Uri(stack.Venue) }
        : throw new StackException($"No venue runs on {folder.Root}: start one with `darkpool up --data {folder.Root}`.");

    private static Bytes32 IdOf(VenueDescription venue) => Bytes32.TryParse(venue.VenueId, out Bytes32 id)
        ? id
        : throw new StackException("The venue's id is not one.");

    private static Bytes32 PublicKey(Key key) => new(key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
}
