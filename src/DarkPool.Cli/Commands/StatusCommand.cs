using System.CommandLine;
using DarkPool.Cli.Output;
using DarkPool.Cli.Stack;
using DarkPool.Client.Venue;

namespace DarkPool.Cli.Commands;

/// <summary>`darkpool status`: where a venue stands.</summary>
internal static class StatusCommand
{
    /// <summary>A venue that is up answers at once.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    public static Command Create()
    {
        Option<Uri> venue = SharedOptions.Venue();
        Option<bool> json = SharedOptions.Json();
        var command = new Command("status", "Ask a venue where it stands.") { venue, json };
        command.SetAction((parsed, cancellation) => CommandFailure.GuardAsync(
            token => RunAsync(parsed.GetRequiredValue(venue), parsed.GetValue(json), token), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Uri venue, bool json, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = venue, Timeout = AnswerLimit };
        VenueDescription description = await VenueDescriptions.ReadAsync(http, cancellation);
        Report.Print(VenueSummary.Of(description), json);
        return description.Status.State == "live" ? ExitCode.Success : ExitCode.Failure;
    }

    /// <summary>What `status` prints.</summary>
    private sealed record VenueSummary(
        string State, string VenueId, uint Shard, ulong ChainId, ulong Block, string Head, string? StateRoot, DateTimeOffset Time,
        int Assets, int Markets, ulong BatchesClosed, ulong BatchesConfirmed)
    {
        private const long TicksPerMicrosecond = 10;

        public static VenueSummary Of(VenueDescription venue) => new(
            venue.Status.State, venue.VenueId, venue.Shard, venue.Chain.ChainId,
            venue.Status.Block, venue.Status.Head, venue.Status.StateRoot,
            DateTimeOffset.UnixEpoch.AddTicks(venue.Status.Time * TicksPerMicrosecond), venue.Assets.Count, venue.Markets.Count,
            venue.Status.Settlement.Closed, venue.Status.Settlement.Confirmed);
    }
}
