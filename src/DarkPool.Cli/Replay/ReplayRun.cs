using DarkPool.Chain.Signing;
using DarkPool.Cli.Accounts;
using DarkPool.Cli.OrderFlow;
using DarkPool.Cli.Output;
using DarkPool.Client;
using DarkPool.Client.Submission;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Reports;

namespace DarkPool.Cli.Replay;

/// <summary>Sends recorded order flow through a venue, in file order, every order sealed, and waits for all that follows from it.</summary>
/// <param name="client">The venue.</param>
/// <param name="market">Market of the orders.</param>
/// <param name="plan">Who sends what.</param>
/// <param name="accounts">How many accounts the plan is for.</param>
/// <param name="payer">Owns ether on the venue's chain.</param>
/// <param name="time">The clock.</param>
/// <param name="pace">When each is sent; null: as soon as the one before it has left.</param>
internal sealed class ReplayRun(
    DarkPoolClient client, TradedMarket market, ReplayPlan plan, int accounts, EvmKey payer, TimeProvider time, Pace? pace = null)
{
    private readonly OrderTally _tally = new();
    private readonly SubmittedCommand[] _commands = new SubmittedCommand[plan.Flow.Length];
    private readonly long[] _due = pace is null ? [] : new long[plan.Flow.Length];
    private int _sent;
    private string _phase = "opening sessions";

    /// <summary>Where the run is, for a progress line.</summary>
    public string Progress() =>
        $"{_phase}: {Volatile.Read(ref _sent):N0} of {plan.Flow.Length:N0} sent, {_tally.TradedQuantity:N0} lots traded";

    public async Task<ReplayResult> RunAsync(CancellationToken cancellation)
    {
        ulong lastBatch = await PublicationWatch.LastBatchAsync(client, cancellation);
        Trader[] traders = await Trader.OpenManyAsync(client, accounts, _tally, cancellation);
        try
        {
            _phase = "funding accounts";
            await VaultFunding.FundAsync(client, market, plan.Needs(traders, market), payer, cancellation);
            _phase = "replaying";
            long start = time.GetTimestamp();
            await SendAsync(traders, cancellation);
            await AwaitReportsAsync(traders, cancellation);
            TimeSpan elapsed = time.GetElapsedTime(start);
            _phase = "waiting for publication";
            (int batches, int transactions) = await new PublicationWatch(client, lastBatch, time).AwaitAsync(_tally, market, cancellation);
            return Summarise(elapsed, batches, transactions);
        }
        finally
        {
            await WithdrawAsync(traders);
        }
    }

    private async Task SendAsync(Trader[] traders, CancellationToken cancellation)
    {
        for (int i = 0; i < plan.Flow.Length; i++)
        {
            FlowEvent step = plan.Flow[i];
            Trader trader = traders[plan.AccountOf(i)];
            if (pace is not null)
                _due[i] = await pace.AwaitAsync(i, cancellation);
            _commands[i] = step.Action == FlowAction.Cancel
                ? await trader.Session.SubmitAsync(new CancelOrder(step.OrderId), cancellation)
                : await trader.Session.SubmitAsync(OrderOf(step), cancellation);
            Volatile.Write(ref _sent, i + 1);
        }
    }

    private PlaceOrder OrderOf(in FlowEvent step) => new(
        step.OrderId, market.Number, step.Side, OrderType.Limit,
        step.Action == FlowAction.Limit ? TimeInForce.GoodTillCancelled : TimeInForce.ImmediateOrCancel, step.Price, step.Quantity, 0);

    /// <summary>
    /// A cover command comes after all orders, so its answer comes after all that they caused in its session, fills of resting orders too.
    /// </summary>
    private async Task AwaitReportsAsync(Trader[] traders, CancellationToken cancellation)
    {
        foreach (SubmittedCommand command in _commands)
        {
            await command.Receipt.WaitAsync(cancellation);
            await command.Outcome.WaitAsync(cancellation);
        }
        var barriers = new List<Task>();
        foreach (Trader trader in traders)
            barriers.Add((await trader.Session.SubmitCoverAsync(cancellation)).Outcome);
        await Task.WhenAll(barriers).WaitAsync(cancellation);
    }

    /// <summary>The next replay shall meet an empty book. Best effort: an interrupted venue keeps what rests.</summary>
    private async Task WithdrawAsync(Trader[] traders)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20), time);
        try
        {
            var owners = new Dictionary<ulong, Trader>();
            for (int i = 0; i < _sent; i++)
                owners.TryAdd(plan.Flow[i].OrderId, traders[plan.AccountOf(i)]);
            var cancels = new List<Task>();
            foreach (ulong order in _tally.Open())
                cancels.Add((await owners[order].Session.SubmitAsync(new CancelOrder(order), limit.Token)).Outcome);
            await Task.WhenAll(cancels).WaitAsync(limit.Token);
        }
        catch (Exception e) when (e is DarkPoolException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Orders of this replay may still rest in the book.");
        }
        foreach (Trader trader in traders)
            await trader.DisposeAsync();
    }

    private static bool IsTooLate(RejectionCode? rejection) =>
        rejection is RejectionCode.UnknownOrder or RejectionCode.AlreadyFilled or RejectionCode.AlreadyCancelled;

    private ReplayResult Summarise(TimeSpan elapsed, int batches, int transactions)
    {
        var receipts = new LatencySample(time);
        var reports = new LatencySample(time);
        var blocks = new HashSet<ulong>();
        int accepted = 0, rejected = 0, tooLate = 0;
        for (int i = 0; i < _commands.Length; i++)
        {
            SubmittedCommand command = _commands[i];
            long from = pace is null ? command.SubmittedAt : _due[i];
            receipts.Add(from, command.ReceiptAt);
            reports.Add(from, command.OutcomeAt);
            blocks.Add(command.Receipt.Result.Block);
            CommandOutcome outcome = command.Outcome.Result;
            if (command.Type == CommandType.CancelOrder && IsTooLate(outcome.Rejection))
                tooLate++;
            else if (!outcome.IsAccepted)
                rejected++;
            else if (command.Type == CommandType.PlaceOrder)
                accepted++;
        }
        return new ReplayResult
        {
            Orders = plan.Orders,
            Cancels = plan.Cancels,
            Accepted = accepted,
            Rejected = rejected,
            CancelsTooLate = tooLate,
            Fills = _tally.Trades,
            TradedQuantity = _tally.TradedQuantity,
            Blocks = blocks.Count,
            SettlementBatches = batches,
            SettlementTransactions = transactions,
            Seconds = Math.Round(elapsed.TotalSeconds, 3),
            OrdersPerSecond = Math.Round(_commands.Length / elapsed.TotalSeconds),
            ReceiptP50Ms = receipts.PercentileMs(0.50),
            ReceiptP99Ms = receipts.PercentileMs(0.99),
            ReportP50Ms = reports.PercentileMs(0.50),
            ReportP99Ms = reports.PercentileMs(0.99),
        };
    }
}
