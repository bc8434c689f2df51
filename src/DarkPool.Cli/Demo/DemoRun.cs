using System.Globalization;
using DarkPool.Chain.Signing;
using DarkPool.Cli.Accounts;
using DarkPool.Cli.OrderFlow;
using DarkPool.Cli.Stack;
using DarkPool.Client;
using DarkPool.Client.Submission;
using DarkPool.Local.Anvil;
using DarkPool.Protocol.Commands;

namespace DarkPool.Cli.Demo;

/// <summary>
/// Trades a synthetic flow through a venue until it is told to stop: a client like every other, in this process and not in the host.
/// </summary>
internal sealed class DemoRun
{
    private const int Accounts = 8;

    /// <summary>The recording had some six orders and cancels a second; ten times that is lively and costs next to nothing.</summary>
    private const int Speed = 10;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan StatusInterval = TimeSpan.FromSeconds(15);

    /// <summary>The demonstration waits for its venue as long as the venue's supervisor tries.</summary>
    private static readonly TimeSpan RetryFor = TimeSpan.FromHours(1);

    /// <summary>Orders expire, so that those of an interrupted run do not rest for ever.</summary>
    private static readonly TimeSpan OrderLife = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Funds for as much as rests at one time, many times over: 10^15 shares and 10^21 of what they cost at the typical price.
    /// </summary>
    private static readonly UInt128 BaseFunds = 1_000_000_000_000_000;
    private static readonly UInt128 QuoteFunds = BaseFunds * 1_000_000;

    private readonly OrderTally _tally = new();
    private readonly TimeProvider _time;
    private readonly Dictionary<ulong, Trader> _owners = [];
    private readonly FlowProfile _profile = FlowProfile.Shipped();
    private Trader[] _traders = [];
    private long _sent;

    private DemoRun(TimeProvider time) => _time = time;

    /// <summary>Runs until cancelled; a fault ends the demonstration with a line for the user, not the venue.</summary>
    public static async Task RunAsync(
        Uri venue, EnclaveTrustChoice trust, Action<string> status, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            await new DemoRun(time).TradeAsync(venue, trust, status, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The venue stops.
        }
        catch (DarkPoolException e)
        {
            status("the demonstration ended: " + e.Message);
        }
    }

    private async Task TradeAsync(Uri venue, EnclaveTrustChoice trust, Action<string> status, CancellationToken cancellation)
    {
        var options = new DarkPoolClientOptions
        {
            Venue = venue,
            Policy = trust.Policy,
            Collateral = trust.Collateral,
            RetryFor = RetryFor,
            Time = _time,
        };
        await using DarkPoolClient client = await DarkPoolClient.ConnectAsync(options, cancellation);
        TradedMarket market = TradedMarket.Of(client.Venue, VenueListing.DemoMarket);
        _traders = await Trader.OpenManyAsync(client, Accounts, _tally, cancellation);
        try
        {
            using EvmKey payer = EvmKey.Parse(DevAccount.Spare.PrivateKey);
            FundingNeed[] needs = [.. _traders.Select(trader => new FundingNeed(trader, BaseFunds, QuoteFunds))];
            await VaultFunding.FundAsync(client, market, needs, payer, cancellation);
            status($"the demonstration trades {_profile.Source}, as a synthetic flow at {Speed} times its pace");
            await SendAsync(market, status, cancellation);
        }
        finally
        {
            foreach (Trader trader in _traders)
                await trader.DisposeAsync();
        }
    }

    private async Task SendAsync(TradedMarket market, Action<string> status, CancellationToken cancellation)
    {
        var flow = new SyntheticFlow(_profile, Random.Shared.Next());
        FlowEvent next = flow.Next();
        long start = _time.GetTimestamp();
        long lastStatus = start;
        using var timer = new PeriodicTimer(Tick, _time);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            long due = (long)_time.GetElapsedTime(start).TotalMicroseconds * Speed;
            for (; next.Time <= due; next = flow.Next())
                await SendAsync(next, market, cancellation);
            if (_time.GetElapsedTime(lastStatus) < StatusInterval)
                continue;
            lastStatus = _time.GetTimestamp();
            int resting = _tally.Open().Length;
            status(string.Create(CultureInfo.InvariantCulture,
                $"demo: {_sent:N0} commands, {_tally.Trades:N0} trades of {_tally.TradedQuantity:N0} lots, {resting:N0} orders rest"));
        }
    }

    private async Task SendAsync(FlowEvent step, TradedMarket market, CancellationToken cancellation)
    {
        _sent++;
        if (step.Action == FlowAction.Cancel)
        {
            if (_owners.Remove(step.OrderId, out Trader? owner))
                Observe(await owner.Session.SubmitAsync(new CancelOrder(step.OrderId), cancellation));
            return;
        }
        Trader trader = _traders[(int)(step.OrderId % Accounts)];
        bool rests = step.Action == FlowAction.Limit;
        if (rests)
            _owners.Add(step.OrderId, trader);
        long expiry = rests ? _time.GetUtcNow().Add(OrderLife).ToUnixTimeMilliseconds() * 1_000 : 0;
        Observe(await trader.Session.SubmitAsync(
            new PlaceOrder(
                step.OrderId, market.Number, step.Side, OrderType.Limit,
                rests ? TimeInForce.GoodTillTime : TimeInForce.ImmediateOrCancel, step.Price, step.Quantity, expiry),
            cancellation));
    }

    /// <summary>Outcomes are counted from the reports; a lost session shows at the next command.</summary>
    private static void Observe(SubmittedCommand command) => _ = command.Outcome;
}
