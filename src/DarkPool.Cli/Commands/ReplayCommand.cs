using System.CommandLine;
using DarkPool.Chain.Signing;
using DarkPool.Cli.Accounts;
using DarkPool.Cli.OrderFlow;
using DarkPool.Cli.Output;
using DarkPool.Cli.Processes;
using DarkPool.Cli.Replay;
using DarkPool.Client;

namespace DarkPool.Cli.Commands;

/// <summary>`darkpool replay`: sends recorded order flow through a venue.</summary>
internal static class ReplayCommand
{
    private const int StandardAccounts = 64;
    private const int MostAccounts = 1_024;

    /// <summary>Long enough for somebody to bring a killed host, enclave or PostgreSQL back by hand.</summary>
    private static readonly TimeSpan RetryFor = TimeSpan.FromMinutes(10);

    private const string Description = """
        Send recorded order flow through a venue: rebuilds the orders of a file, funds accounts through the vault, sends every order sealed
        and in file order, waits for all reports and until everything traded is settled on chain. A venue that goes away is waited for.
        """;

    public static Command Create()
    {
        Argument<FileInfo> file = new("FILE") { Description = "Recorded order flow." };
        Option<OrderFlowFormat> format = new("--format")
        {
            HelpName = "lobster|bitstamp",
            Description = "LOBSTER message file, or Bitstamp order log.",
            Required = true,
        };
        Option<Uri> venue = SharedOptions.Venue();
        Option<int> accounts = new("--accounts")
        {
            Description = "Accounts among which the orders go round.",
            DefaultValueFactory = _ => StandardAccounts,
        };
        Option<int> limit = new("--limit") { Description = "Send only the first N orders and cancels; 0: all." };
        Option<uint?> market = new("--market") { Description = "Number of the market [default: the first with the continuous rule]." };
        Option<FileInfo?> policy = new("--policy") { Description = "Attestation policy (JSON) that the enclave must satisfy." };
        Option<bool> json = SharedOptions.Json();
        accounts.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MostAccounts)
                result.AddError($"--accounts is a number from 1 to {MostAccounts}.");
        });
        var command = new Command("replay", Description) { file, format, venue, accounts, limit, market, policy, json };
        command.SetAction((parsed, cancellation) => CommandFailure.GuardAsync(
            async token =>
            {
                FlowEvent[] flow = OrderFlowFile.Read(
                    parsed.GetRequiredValue(file).FullName, parsed.GetRequiredValue(format), parsed.GetValue(limit));
                var options = new DarkPoolClientOptions
                {
                    Venue = parsed.GetRequiredValue(venue),
                    Policy = PolicyChoice.For(parsed.GetRequiredValue(venue), parsed.GetValue(policy)),
                    RetryFor = RetryFor,
                };
                ReplayResult result = await RunAsync(options, flow, parsed.GetValue(accounts), parsed.GetValue(market), token);
                Report.Print(result, parsed.GetValue(json));
                return ExitCode.Success;
            },
            cancellation));
        return command;
    }

    private static async Task<ReplayResult> RunAsync(
        DarkPoolClientOptions options, FlowEvent[] flow, int accounts, uint? market, CancellationToken cancellation)
    {
        if (flow.Length == 0)
            throw new StackException("The file holds no orders.");
        using EvmKey payer = PayerKey.Funder();
        await using DarkPoolClient client = await DarkPoolClient.ConnectAsync(options, cancellation);
        var plan = new ReplayPlan(flow, accounts);
        var run = new ReplayRun(client, TradedMarket.Of(client.Venue, market), plan, accounts, payer, options.Time);
        await using (new ProgressLine(run.Progress, options.Time))
            return await run.RunAsync(cancellation);
    }
}
