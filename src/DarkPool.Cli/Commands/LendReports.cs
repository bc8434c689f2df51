using System.CommandLine;
using System.Text.Json;
using DarkPool.Attestation.Collaterals;
using DarkPool.Cli.Output;
using DarkPool.Client;
using DarkPool.Client.Sessions;
using DarkPool.Protocol.Lending;
using DarkPool.Protocol.Reports;

namespace DarkPool.Cli.Commands;

/// <summary>The commands of `darkpool lend` that only read: what everybody sees, and an account's own reports as they come.</summary>
internal static class LendReports
{
    private const int RayDecimals = 27;

    public static Command Reserves() => Public(
        "reserves", "Show what is public of all reserves, as the enclave signed it.",
        async (client, token) =>
        {
            ReserveSheet? sheet = await client.GetReservesAsync(token);
            object[] rows = sheet is null ? [] : [.. sheet.Reserves.Select(row => Line(client, row))];
            return new { Block = sheet?.Block ?? 0, Reserves = rows };
        });

    public static Command Liquidations() => Public(
        "liquidations", "Show the published liquidations, as the enclave signed them.",
        async (client, token) =>
        {
            var rows = new List<object>();
            ulong known = 0;
            for (IReadOnlyList<LiquidationSheet> sheets; (sheets = await client.GetLiquidationsAsync(known, token)).Count != 0;)
            {
                foreach (LiquidationSheet sheet in sheets)
                {
                    rows.AddRange(sheet.Liquidations.Select(row => Line(sheet, row)));
                    known = sheet.First + (ulong)sheet.Liquidations.Length - 1;
                }
            }
            return new { Count = known, Liquidations = rows.ToArray() };
        });

    public static Command Watch()
    {
        var choice = new AccountSession();
        return choice.Act(
            new Command("watch", "Print what is sold of your collateral and what your bids buy, a JSON object a line, until interrupted."),
            async (_, options, account, token) =>
            {
                await using DarkPoolClient client = await DarkPoolClient.ConnectAsync(options, token);
                await using DarkPoolSession session = await client.OpenSessionAsync(
                    new SessionOptions { Account = account, RateClass = RateClass.Fast, OnReport = Take }, token);
                Say(new { Event = "watching" });
                await new TaskCompletionSource().Task.WaitAsync(token);
                return ExitCode.Success;
            });
    }

    private static void Take(in ReportHeader header, ReadOnlySpan<byte> body)
    {
        if (header.Type is ReportType.CollateralSold or ReportType.IsolatedCollateralSold && CollateralSold.TryRead(body, out var sold))
        {
            Say(new
            {
                Event = header.Type.ToString(), sold.Sale, sold.Pool, sold.Market, sold.Ticks, Seized = $"{sold.Seized}",
                Repaid = $"{sold.Repaid}", Penalty = $"{sold.Penalty}", HealthFactor = $"{sold.HealthFactor}", Salt = sold.Salt.ToString(),
            });
        }
        else if (header.Type is ReportType.CollateralBought or ReportType.IsolatedCollateralBought
            && CollateralBought.TryRead(body, out var bought))
        {
            Say(new
            {
                Event = header.Type.ToString(), bought.Pool, bought.Market, bought.Bid, bought.Ticks, Bought = $"{bought.Bought}",
                Paid = $"{bought.Paid}", bought.LotsLeft,
            });
        }
    }

    private static void Say<T>(T line) => Console.Out.WriteLine(JsonSerializer.Serialize(line, JsonSerializerOptions.Web));

    private static object Line(DarkPoolClient client, ReserveRow row) => new
    {
        row.Pool,
        Asset = client.Venue.Assets.FirstOrDefault(asset => asset.Asset == row.Asset)?.Symbol ?? $"{row.Asset}",
        Price = row.HasPrice ? TokenAmount.Format(row.Price, decimals: 8) : null,
        Supplied = TokenAmount.Format(row.Supplied, row.Decimals),
        Borrowed = TokenAmount.Format(row.Borrowed, row.Decimals),
        Available = TokenAmount.Format(row.Available, row.Decimals),
        Deficit = TokenAmount.Format(row.Deficit, row.Decimals),
        Utilisation = TokenAmount.Format(row.Utilisation, RayDecimals),
        LiquidityRate = TokenAmount.Format(row.LiquidityRate, RayDecimals),
        BorrowRate = TokenAmount.Format(row.BorrowRate, RayDecimals),
    };

    private static object Line(LiquidationSheet sheet, LiquidationRow row) => new
    {
        sheet.Block, Kind = row.Kind.ToString(), row.Place, row.Market, row.Ticks, Seized = $"{row.Seized}", Repaid = $"{row.Repaid}",
        Penalty = $"{row.Penalty}", Commitment = row.Commitment.ToString(),
    };

    private static Command Public<T>(string name, string description, Func<DarkPoolClient, CancellationToken, Task<T>> read)
    {
        Option<Uri> venue = SharedOptions.Venue();
        Option<bool> json = SharedOptions.Json();
        var trust = new TrustOptions();
        var command = new Command(name, description) { venue, json };
        trust.AddTo(command);
        command.SetAction((parsed, cancellation) => CommandFailure.GuardAsync(
            async token =>
            {
                Uri at = parsed.GetRequiredValue(venue);
                using CollateralPlaces collateral = trust.OpenCollateral(parsed, TimeProvider.System);
                var options = new DarkPoolClientOptions
                {
                    Venue = at, Policy = trust.PolicyFor(parsed, at), Collateral = collateral,
                };
                await using DarkPoolClient client = await DarkPoolClient.ConnectAsync(options, token);
                Report.Print(await read(client, token), parsed.GetValue(json));
                return ExitCode.Success;
            },
            cancellation));
        return command;
    }
}
