using System.CommandLine;
using DarkPool.Attestation.Collaterals;
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
    private const double MostPerSecond = 1_000_000;

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
        Option<double> rate = new("--rate")
        {
            HelpName = "N",
            Description = "Orders and cancels a second, whatever the venue answers; 0: as fast as it takes them.",
        };
        Option<uint?> market = new("--market") { Description = "Number of the market [default: the first with the continuous rule]." };
        var trust = new TrustOptions();
        Option<bool> json = SharedOptions.Json();
        accounts.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MostAccounts)
                result.AddError($"--accounts is a number from 1 to {MostAccounts}.");
        });
        rate.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0 and <= MostPerSecond))
                result.AddError($"--rate is a number from 0 to {MostPerSecond}.");
        });
        var command = new Command("replay", Description) { file, format, venue, accounts, limit, rate, market, json };
        trust.AddTo(command);
        command.SetAction((parsed, cancellation) => CommandFailure.GuardAsync(
            async token =>
            {
                FlowEvent[] flow = OrderFlowFile.Read(
                    parsed.GetRequiredValue(file).FullName, parsed.GetRequiredValue(format), parsed.GetValue(limit));
                using CollateralPlaces collateral = trust.OpenCollateral(parsed, TimeProvider.System);
                var options = new DarkPoolClientOptions
                {
                    Venue = parsed.GetRequiredValue(venue),
                    Policy = trust.PolicyFor(parsed, parsed.GetRequiredValue(venue)),
                    Collateral = collateral,
                    RetryFor = RetryFor,
                };
                Pace? pace = parsed.GetValue(rate) is > 0 and var perSecond ? new Pace(perSecond, options.Time) : null;
                ReplayResult result = await RunAsync(options, flow, parsed.GetValue(accounts), parsed.GetValue(market), pace, token);
                Report.Print(result, parsed.GetValue(json));
                return ExitCode.Success;
            },
            cancellation));
        return command;
    }

    private static async Task<ReplayResult> RunAsync(
        DarkPoolClientOptions options, FlowEvent[] flow, int accounts, uint? market, Pace? pace, CancellationToken cancellation)
    {
        if (flow.Length == 0)
            throw new StackException("The file holds no orders.");
        using EvmKey payer = PayerKey.Funder();
        await using DarkPoolClient client = await DarkPoolClient.ConnectAsync(options, cancellation);
        var plan = new ReplayPlan(flow, accounts);
        var run = new ReplayRun(client, TradedMarket.Of(client.Venue, market), plan, accounts, payer, options.Time, pace);
        await using (new ProgressLine(run.Progress, options.Time))
            return await run.RunAsync(cancellation);
    }
}
