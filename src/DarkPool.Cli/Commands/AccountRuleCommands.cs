using System.CommandLine;
using DarkPool.Cli.Orders;
using DarkPool.Cli.Output;
using DarkPool.Client.Sessions;
using DarkPool.Client.Submission;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Identity;

namespace DarkPool.Cli.Commands;

/// <summary>
/// The commands of `darkpool account` that say with whom an account trades (docs/TRADING.md, "Self-trade prevention" and "Counterparties").
/// Nobody else is told.
/// </summary>
internal static class AccountRuleCommands
{
    private const int Tiers = 16;

    public static Command Configure()
    {
        Option<SelfTradePrevention> prevention = new("--self-trade")
        {
            HelpName = "default|cancelnewest|canceloldest|cancelboth|decrement",
            Description = "For orders that do not say their own, where they would trade with another of the same owner; "
                + "default: they trade.",
        };
        Option<ushort> tiers = AcceptedTiers();
        Option<FileInfo?> group = new("--group")
        {
            HelpName = "FILE",
            Description = "Holds the secret that the accounts of one owner share, 32 hex digits; made where it is missing. "
                + "Without: no group.",
        };
        return Run(
            new Command("configure", "Set the account's trading rules, all at once, for orders that come afterwards.")
            {
                prevention, tiers, group,
            },
            (parsed, session, cancellation) => session.ConfigureAsync(
                new ConfigureAccount(
                    parsed.GetValue(prevention),
                    parsed.GetValue(tiers),
                    parsed.GetValue(group) is { } file ? OwnerGroupFile.Open(file) : 0),
                cancellation));
    }

    public static Command Deny() =>
        Counterparty("deny", "Never trade with another account, for orders that come afterwards.", denied: true);

    public static Command Allow() => Counterparty("allow", "Take a denial back.", denied: false);

    public static Command Tier()
    {
        Option<Bytes32> account = MarketParameterOptions.PublicKey("--account", "The account that gets the tier: its key in hex.");
        account.Required = true;
        Option<byte> tier = new("--tier") { HelpName = "0..15", Description = "Accounts begin in tier 0.", Required = true };
        return Run(
            new Command("tier", "Give an account its tier: for the operator that governance named (`darkpool market operator`).")
            {
                account, tier,
            },
            (parsed, session, cancellation) => session.SetTierAsync(
                new SetTier(new AccountKey(parsed.GetValue(account)), parsed.GetValue(tier)), cancellation));
    }

    private static Command Counterparty(string name, string description, bool denied)
    {
        Option<Bytes32> counterparty = MarketParameterOptions.PublicKey("--counterparty", "The other account's key in hex.");
        counterparty.Required = true;
        return Run(
            new Command(name, description) { counterparty },
            (parsed, session, cancellation) => session.SetCounterpartyAsync(
                new SetCounterparty(new AccountKey(parsed.GetValue(counterparty)), denied), cancellation));
    }

    private static Option<ushort> AcceptedTiers() => new("--accept-tiers")
    {
        HelpName = "N,N,...",
        Description = "Tiers of counterparties that it takes, 0 to 15; without: all.",
        DefaultValueFactory = _ => ConfigureAccount.EveryTier,
        CustomParser = argument =>
        {
            string text = argument.Tokens.Single().Value;
            int mask = 0;
            foreach (string part in text.Split(','))
            {
                if (byte.TryParse(part, System.Globalization.CultureInfo.InvariantCulture, out byte tier) && tier < Tiers)
                {
                    mask |= 1 << tier;
                    continue;
                }
                argument.AddError($"'{text}' is not a list of tiers from 0 to 15.");
                return 0;
            }
            return (ushort)mask;
        },
    };

    private static Command Run(Command command, Func<ParseResult, DarkPoolSession, CancellationToken, Task<CommandOutcome>> send)
    {
        var choice = new AccountSession();
        return choice.Act(
            command,
            async (parsed, options, account, token) =>
            {
                OrderResult result = await OrderDesk.SendAsync(
                    options, account, session => send(parsed, session, token), TimeSpan.Zero, token);
                Report.Print(new { result.Accepted, result.Answer, result.Rejection, result.Block }, choice.IsJson(parsed));
                return result.Accepted ? ExitCode.Success : ExitCode.Failure;
            });
    }
}
