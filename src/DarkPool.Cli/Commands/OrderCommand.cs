using System.CommandLine;
using DarkPool.Cli.Orders;
using DarkPool.Cli.Output;
using DarkPool.Client.Sessions;
using DarkPool.Client.Submission;
using DarkPool.Protocol.Commands;

namespace DarkPool.Cli.Commands;

/// <summary>`darkpool order`: places, changes and cancels the orders of one account. Order types are told in docs/TRADING.md.</summary>
internal static class OrderCommand
{
    private const string Description = """
        Place, change and cancel orders of one account. Each command is sealed, carried out and answered before it returns; what trades at
        once is printed with it. The same id with the same terms again does nothing and answers the same.

        Exit code 1 also if the enclave rejects the command.
        """;

    public static Command Create() => new("order", Description) { Place(), Cancel(), Replace(), FirmUp(), CancelAll() };

    private static Command Place()
    {
        Option<ulong> id = Id();
        Option<uint> market = new("--market") { Description = "Number of the market.", Required = true };
        Option<Side> side = new("--side") { HelpName = "buy|sell", Description = "Buy or sell.", Required = true };
        Option<OrderType> type = new("--type")
        {
            HelpName = "limit|market|pegmidpoint|pegprimary|pegmarket",
            Description = "How it is priced.",
            DefaultValueFactory = _ => OrderType.Limit,
        };
        Option<TimeInForce> time = new("--time")
        {
            HelpName = "goodtillcancelled|immediateorcancel|goodtilltime|fillorkill|day",
            Description = "How long it stays.",
            DefaultValueFactory = _ => TimeInForce.GoodTillCancelled,
        };
        Option<long> price = new("--price") { Description = "Limit in ticks; 0: none, where the type has a price of its own." };
        Option<ulong> quantity = new("--quantity") { Description = "Size in lots.", Required = true };
        Option<DateTimeOffset?> expiry = new("--expiry") { Description = "For good till time: when it expires (ISO 8601)." };
        Option<ulong> minimum = new("--min-quantity") { Description = "Least lots that it trades in sum; its quantity: all or none." };
        Option<ulong> interaction = new("--min-interaction") { Description = "Least lots that it trades with one counterparty." };
        Option<SelfTradePrevention> prevention = new("--self-trade")
        {
            HelpName = "default|cancelnewest|canceloldest|cancelboth|decrement",
            Description = "What becomes of it where it would trade with your own.",
        };
        Option<bool> postOnly = new("--post-only") { Description = "Reject it rather than let it trade when it arrives." };
        Option<bool> conditional = new("--conditional") { Description = "An interest only, until it is firmed up." };
        var options = new SessionChoice();
        var command = new Command("place", "Place an order.")
        {
            id, market, side, type, time, price, quantity, expiry, minimum, interaction, prevention, postOnly, conditional,
        };
        return options.Run(command, (parsed, session, cancellation) => session.PlaceAsync(
            new PlaceOrder(
                parsed.GetValue(id), parsed.GetValue(market), parsed.GetValue(side), parsed.GetValue(type), parsed.GetValue(time),
                parsed.GetValue(price), parsed.GetValue(quantity), Microseconds(parsed.GetValue(expiry)))
            {
                Flags = (parsed.GetValue(postOnly) ? OrderFlags.PostOnly : OrderFlags.None)
                    | (parsed.GetValue(conditional) ? OrderFlags.Conditional : OrderFlags.None),
                MinimumQuantity = parsed.GetValue(minimum),
                MinimumInteraction = parsed.GetValue(interaction),
                SelfTradePrevention = parsed.GetValue(prevention),
            },
            cancellation));
    }

    private static Command Cancel()
    {
        Option<ulong> id = Id();
        return new SessionChoice().Run(
            new Command("cancel", "Cancel an open order.") { id },
            (parsed, session, cancellation) => session.CancelAsync(new CancelOrder(parsed.GetValue(id)), cancellation));
    }

    private static Command Replace()
    {
        Option<ulong> id = Id();
        Option<long> price = new("--price") { Description = "New limit in ticks.", Required = true };
        Option<ulong> quantity = new("--quantity") { Description = "New open quantity in lots.", Required = true };
        return new SessionChoice().Run(
            new Command("replace", "Give an open order a new price and open quantity.") { id, price, quantity },
            (parsed, session, cancellation) => session.ReplaceAsync(
                new ReplaceOrder(parsed.GetValue(id), parsed.GetValue(price), parsed.GetValue(quantity)), cancellation));
    }

    private static Command FirmUp()
    {
        Option<ulong> id = Id();
        Option<ulong> quantity = new("--quantity") { Description = "Lots to commit to: at most the order's.", Required = true };
        return new SessionChoice().Run(
            new Command("firm-up", "Commit to a conditional order after an invitation.") { id, quantity },
            (parsed, session, cancellation) => session.FirmUpAsync(
                new Protocol.Commands.FirmUp(parsed.GetValue(id), parsed.GetValue(quantity)), cancellation));
    }

    private static Command CancelAll()
    {
        Option<uint?> market = new("--market") { Description = "Only those of this market." };
        Option<Side?> side = new("--side") { HelpName = "buy|sell", Description = "Only those of this side." };
        return new SessionChoice().Run(
            new Command("cancel-all", "Cancel all open orders of the account.") { market, side },
            (parsed, session, cancellation) => session.CancelAllAsync(
                new CancelAll(parsed.GetValue(market) ?? Protocol.Commands.CancelAll.EveryMarket, parsed.GetValue(side) ?? Side.None),
                cancellation));
    }

    private static Option<ulong> Id() => new("--id") { Description = "Your name for the order: any number of 64 bits.", Required = true };

    private static long Microseconds(DateTimeOffset? time) =>
        time is { } at ? (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond : 0;

    /// <summary>Which venue and account a command is for, and how long to stay for what comes of it.</summary>
    private sealed class SessionChoice
    {
        private readonly AccountSession _account = new();
        private readonly Option<uint> _wait = new("--wait")
        {
            HelpName = "SECONDS",
            Description = "Stay so long for what comes afterwards: the fills of an auction, an invitation to firm up.",
        };

        public Command Run(Command command, Func<ParseResult, DarkPoolSession, CancellationToken, Task<CommandOutcome>> send)
        {
            command.Add(_wait);
            return _account.Act(
                command,
                async (parsed, options, account, token) =>
                {
                    OrderResult result = await OrderDesk.SendAsync(
                        options, account, session => send(parsed, session, token), TimeSpan.FromSeconds(parsed.GetValue(_wait)), token);
                    Report.Print(result, _account.IsJson(parsed));
                    return result.Accepted ? ExitCode.Success : ExitCode.Failure;
                });
        }
    }
}
