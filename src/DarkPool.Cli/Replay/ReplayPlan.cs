using DarkPool.Cli.Accounts;
using DarkPool.Cli.OrderFlow;
using DarkPool.Protocol.Commands;

namespace DarkPool.Cli.Replay;

/// <summary>
/// Which account sends which order: the orders go round, a cancel follows its order. What an account needs is the sum of all it will
/// ever buy and sell, so that no order is refused for want of funds, whatever rests at the time.
/// </summary>
internal sealed class ReplayPlan
{
    private readonly int[] _account;
    private readonly UInt128[] _sold;
    private readonly UInt128[] _bought;

    public ReplayPlan(FlowEvent[] flow, int accounts)
    {
        Flow = flow;
        _account = new int[flow.Length];
        _sold = new UInt128[accounts];
        _bought = new UInt128[accounts];
        var owner = new Dictionary<ulong, int>();
        int next = 0;
        for (int i = 0; i < flow.Length; i++)
        {
            FlowEvent step = flow[i];
            if (step.Action == FlowAction.Cancel)
            {
                _account[i] = owner[step.OrderId];
                Cancels++;
                continue;
            }
            Orders++;
            int account = next++ % accounts;
            _account[i] = owner[step.OrderId] = account;
            if (step.Side == Side.Buy)
                _bought[account] = checked(_bought[account] + ((UInt128)step.Quantity * (UInt128)step.Price));
            else
                _sold[account] = checked(_sold[account] + step.Quantity);
        }
    }

    public FlowEvent[] Flow { get; }

    public int Orders { get; }

    public int Cancels { get; }

    /// <summary>The account that sends a step of the flow.</summary>
    public int AccountOf(int step) => _account[step];

    /// <summary>What every account needs in a market.</summary>
    /// <exception cref="OverflowException">More than a token can have.</exception>
    public FundingNeed[] Needs(Trader[] traders, TradedMarket market) =>
        [.. traders.Select((trader, i) => new FundingNeed(
            trader, checked(_sold[i] * market.LotSize), checked(_bought[i] * market.TickValue)))];
}
