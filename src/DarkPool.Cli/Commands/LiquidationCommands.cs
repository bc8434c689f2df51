using System.CommandLine;
using DarkPool.Protocol.Lending;

namespace DarkPool.Cli.Commands;

/// <summary>The commands of `darkpool lend` about liquidation: docs/LIQUIDATION.md.</summary>
internal static class LiquidationCommands
{
    public static Command Bid()
    {
        Option<uint> pool = LendCommand.Pool();
        Option<uint> market = Market();
        Option<ulong> id = Id();
        Option<long> ticks = new("--max-ticks") { Description = "Highest price in ticks of the liquidation market.", Required = true };
        Option<uint> discount = new("--discount") { Description = "How far below the oracle's price at least, basis points." };
        Option<ulong> lots = new("--lots") { Description = "How much, in lots.", Required = true };
        return new AccountSession().Ask(
            new Command("bid", "Place a sealed bid for collateral that will be liquidated; it holds its lots at its highest price.")
            {
                pool, market, id, ticks, discount, lots,
            },
            async (parsed, _, session, token) => LendingResult.Of(await session.PlaceBidAsync(
                new PlaceLiquidationBid(
                    parsed.GetValue(pool), parsed.GetValue(market), parsed.GetValue(id), parsed.GetValue(ticks),
                    parsed.GetValue(discount), parsed.GetValue(lots)),
                token)));
    }

    public static Command CancelBid()
    {
        Option<uint> pool = LendCommand.Pool();
        Option<uint> market = Market();
        Option<ulong> id = Id();
        return new AccountSession().Ask(
            new Command("cancel-bid", "Cancel a sealed bid and release what it holds.") { pool, market, id },
            async (parsed, _, session, token) => LendingResult.Of(await session.CancelBidAsync(
                new CancelLiquidationBid(parsed.GetValue(pool), parsed.GetValue(market), parsed.GetValue(id)), token)));
    }

    public static Command Stop()
    {
        Option<uint> pool = LendCommand.Pool();
        Option<uint> market = Market();
        Option<string?> price = new("--price") { HelpName = "USD", Description = "Price of the collateral at or below which it is sold." };
        Option<ulong> lots = new("--lots") { Description = "How much, in lots; 0 withdraws the stop.", Required = true };
        Option<uint> bonus = new("--max-bonus")
        {
            Description = "Most that buyers are offered, basis points.",
            DefaultValueFactory = _ => 100,
        };
        return new AccountSession().Ask(
            new Command("stop", "Have some of your collateral sold and debt repaid when its price falls. Nobody else learns of it.")
            {
                pool, market, price, lots, bonus,
            },
            async (parsed, _, session, token) => LendingResult.Of(await session.SetStopAsync(
                new SetStop(
                    parsed.GetValue(pool), parsed.GetValue(market),
                    parsed.GetValue(price) is { } usd ? TokenAmount.Parse(usd, decimals: 8) : 0, parsed.GetValue(lots),
                    parsed.GetValue(lots) == 0 ? 0 : parsed.GetValue(bonus)),
                token)));
    }

    public static Command Relief()
    {
        Option<uint> pool = LendCommand.Pool();
        Option<ushort> health = new("--health")
        {
            Description = "Health below which it begins, basis points; 0 withdraws it.",
            Required = true,
        };
        Option<ushort> bonus = new("--max-bonus") { Description = "Most that buyers are offered, basis points." };
        Option<ushort> target = new("--target") { Description = "Health to be restored, basis points." };
        return new AccountSession().Ask(
            new Command("relief", "Have collateral sold before a health factor of 1, on terms of your own. Nobody else learns of it.")
            {
                pool, health, bonus, target,
            },
            async (parsed, _, session, token) => LendingResult.Of(await session.SetPreLiquidationAsync(
                new SetPreLiquidation(parsed.GetValue(pool), parsed.GetValue(health), parsed.GetValue(bonus), parsed.GetValue(target)),
                token)));
    }

    private static Option<uint> Market() =>
        new("--market") { Description = "Number of the liquidation market.", DefaultValueFactory = _ => 1 };

    private static Option<ulong> Id() => new("--id") { Description = "Your number for the bid.", Required = true };
}
