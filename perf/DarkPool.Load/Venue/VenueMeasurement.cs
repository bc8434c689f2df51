using DarkPool.Cli.Accounts;
using DarkPool.Cli.Commands;
using DarkPool.Cli.OrderFlow;
using DarkPool.Cli.Output;
using DarkPool.Cli.Replay;
using DarkPool.Cli.Stack;
using DarkPool.Client;
using DarkPool.Load.Durable;
using DarkPool.Local.Files;

namespace DarkPool.Load.Venue;

/// <summary>
/// A whole venue of its own, as <c>darkpool up</c> starts it, and order flow through it as <c>darkpool replay</c> sends it.
/// </summary>
internal sealed class VenueMeasurement(string file, TimeProvider time)
{
    private const int Accounts = 64;

    /// <summary>Enough for every process to have compiled what it runs often.</summary>
    private const int WarmUpOrders = 30_000;

    /// <summary>Far from saturation, as venues are run.</summary>
    private const double ModerateShare = 0.2;

    private const int ModerateSeconds = 15;

    public async Task<VenueFigures> RunAsync(CancellationToken cancellation)
    {
        FlowEvent[] flow = OrderFlowFile.Read(file, OrderFlowFormat.Lobster, limit: 0);
        using TemporaryFolder folder = TemporaryFolder.Create("darkpool-load");
        var data = new DataFolder(folder.Sub("venue"));
        await using VenueStack stack = await VenueStack.StartAsync(
            new StackOptions(data, Port: 0, Postgres: null, Chain: null), demo: false, Console.Error.WriteLine, time, cancellation);
        await using ScratchDatabase database = await ScratchDatabase.CreateAsync(RunningStack.Load(data)!.Postgres);
        await using BarePipeline bare = await BarePipeline.StartAsync(database);
        await using DarkPoolClient client = await DarkPoolClient.ConnectAsync(
            new DarkPoolClientOptions { Venue = stack.Venue, Policy = PolicyChoice.For(stack.Venue, file: null) }, cancellation);

        ReplayResult warm = await ReplayAsync(client, Head(flow, WarmUpOrders), pace: null, cancellation);
        int perRequest = Math.Max(1, (warm.Orders + warm.Cancels) / warm.Blocks);
        await bare.RunAsync(flow.Length, perRequest, cancellation);

        BareFigures before = await bare.RunAsync(flow.Length, perRequest, cancellation);
        ReplayResult saturated = await ReplayAsync(client, flow, pace: null, cancellation);
        BareFigures after = await bare.RunAsync(flow.Length, perRequest, cancellation);

        double moderatePerSecond = Math.Max(1, Math.Round(ModerateShare * saturated.OrdersPerSecond));
        FlowEvent[] some = Head(flow, (int)(moderatePerSecond * ModerateSeconds));
        ReplayResult moderate = await ReplayAsync(client, some, new Pace(moderatePerSecond, time), cancellation);
        double limit = (before.EnvelopesPerSecond + after.EnvelopesPerSecond) / 2;
        return new VenueFigures
        {
            Flow = Path.GetFileName(file).Split('_')[0],
            Server = database.Server,
            OrdersPerSecond = saturated.OrdersPerSecond,
            LimitPerSecond = Math.Round(limit),
            Ratio = Math.Round(saturated.OrdersPerSecond / limit, 3),
            Saturated = saturated,
            ModeratePerSecond = moderatePerSecond,
            Moderate = moderate,
            Limit = before.EnvelopesPerSecond > after.EnvelopesPerSecond ? before : after,
        };
    }

    private async Task<ReplayResult> ReplayAsync(DarkPoolClient client, FlowEvent[] flow, Pace? pace, CancellationToken cancellation)
    {
        using var payer = PayerKey.Funder();
        var plan = new ReplayPlan(flow, Accounts);
        var run = new ReplayRun(client, TradedMarket.Of(client.Venue, number: null), plan, Accounts, payer, time, pace);
        await using (new ProgressLine(run.Progress, time)) return await run.RunAsync(cancellation);
    }

    /// <summary>The first orders of a day. A cancel follows its order in the file, so that it is never left without it.</summary>
    private static FlowEvent[] Head(FlowEvent[] flow, int count) => flow[..Math.Min(count, flow.Length)];
}
