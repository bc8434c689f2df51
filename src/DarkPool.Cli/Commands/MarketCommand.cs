using System.CommandLine;
using DarkPool.Protocol.Entries;
using DarkPool.Protocol.Identity;

namespace DarkPool.Cli.Commands;

/// <summary>`darkpool market`: what governance decides of markets. What each setting does is told in docs/TRADING.md.</summary>
internal static class MarketCommand
{
    private const string Description = """
        Govern the markets of a development venue: list, configure, halt and resume them, name the operator who gives out tiers. Commands
        are signed with the governance keys in the venue's data folder and are in force when the command returns.
        """;

    public static Command Create() => new("market", Description) { List(), Configure(), Halt(), Resume(), Operator() };

    private static Command List()
    {
        Option<uint> market = Market();
        Option<string> symbol = new("--symbol") { Description = "1 to 16 characters.", Required = true };
        Option<uint> baseAsset = new("--base") { Description = "Number of the asset traded.", Required = true };
        Option<uint> quoteAsset = new("--quote") { Description = "Number of the asset paid.", Required = true };
        Option<MatchingRule> rule = new("--rule")
        {
            HelpName = "continuous|auction|midpoint",
            Description = "How it matches.",
            Required = true,
        };
        Option<UInt128> lot = Units("--lot-size", "Base units of the base asset in a lot.");
        Option<UInt128> tick = Units("--tick-value", "Base units of the quote asset for a tick and a lot.");
        Option<ulong> delay = new("--publication-delay") { Description = "Microseconds from a trade to its publication, at least." };
        var parameters = new MarketParameterOptions();
        var command = new Command("list", "List a market.") { market, symbol, baseAsset, quoteAsset, rule, lot, tick, delay };
        parameters.AddTo(command);
        return new GovernanceChoice().Run(command, GovernanceType.ListMarket, parsed => new ListMarket(
            parsed.GetValue(market), parsed.GetValue(baseAsset), parsed.GetValue(quoteAsset), parsed.GetValue(rule), parsed.GetValue(lot),
            parsed.GetValue(tick), parsed.GetValue(delay), parsed.GetRequiredValue(symbol))
        {
            Parameters = parameters.Read(parsed),
        }.ToBytes());
    }

    private static Command Configure()
    {
        Option<uint> market = Market();
        var parameters = new MarketParameterOptions();
        var command = new Command("configure", "Replace all of a market's parameters: what is left out is none.") { market };
        parameters.AddTo(command);
        return new GovernanceChoice().Run(command, GovernanceType.ConfigureMarket, parsed =>
            new ConfigureMarket(parsed.GetValue(market), parameters.Read(parsed)).ToBytes());
    }

    private static Command Halt()
    {
        Option<uint> market = Market();
        return new GovernanceChoice().Run(
            new Command("halt", "Let a market match nothing and take no orders; cancels pass.") { market }, GovernanceType.HaltMarket,
            parsed => new HaltMarket(parsed.GetValue(market)).ToBytes());
    }

    private static Command Resume()
    {
        Option<uint> market = Market();
        return new GovernanceChoice().Run(
            new Command("resume", "Let a halted market go on.") { market }, GovernanceType.ResumeMarket,
            parsed => new ResumeMarket(parsed.GetValue(market)).ToBytes());
    }

    private static Command Operator()
    {
        Option<Bytes32> account = MarketParameterOptions.PublicKey("--account", "The operator's key in hex; zeros: nobody.");
        account.Required = true;
        return new GovernanceChoice().Run(
            new Command("operator", "Say which account may give accounts their tiers.") { account }, GovernanceType.SetOperator,
            parsed => new SetOperator(parsed.GetValue(account)).ToBytes());
    }

    private static Option<uint> Market() => new("--market") { Description = "Number of the market.", Required = true };

    private static Option<UInt128> Units(string name, string description) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => 1,
        CustomParser = argument =>
        {
            string text = argument.Tokens.Single().Value;
            if (UInt128.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out UInt128 units) && units != 0)
                return units;
            argument.AddError($"'{text}' is not a positive number of base units.");
            return 1;
        },
    };
}
