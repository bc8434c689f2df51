using System.CommandLine;
using DarkPool.Client;
using DarkPool.Client.Venue;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Lending;

namespace DarkPool.Cli.Commands;

/// <summary>`darkpool lend`: supply, borrow and what follows, for one account. What each does is told in docs/LENDING.md.</summary>
internal static class LendCommand
{
    private const string Description = """
        Supply to a lending pool, borrow from it, see a position, buy what is liquidated. Amounts are whole tokens with decimals. Each
        command is sealed, carried out and answered before it returns.

        Exit code 1 also if the enclave rejects the command.
        """;

    private const int UsdDecimals = 8;

    public static Command Create() => new("lend", Description)
    {
        Operation("supply", CommandType.PoolSupply, "Supply available money to a pool."),
        Operation("withdraw", CommandType.PoolWithdraw, "Take supply back; 'all' for all of it."),
        Operation("borrow", CommandType.PoolBorrow, "Borrow against your collateral."),
        Operation("repay", CommandType.PoolRepay, "Pay debt back; 'all' for all of it."),
        Position(),
        WhatIf(),
        LendReports.Reserves(),
        LendReports.Liquidations(),
        LendReports.Watch(),
        LiquidationCommands.Bid(),
        LiquidationCommands.CancelBid(),
        LiquidationCommands.Stop(),
        LiquidationCommands.Relief(),
    };

    /// <summary>The pool that a command is about.</summary>
    public static Option<uint> Pool() => new("--pool") { Description = "Number of the pool.", DefaultValueFactory = _ => 1 };

    private static Command Operation(string name, CommandType type, string description)
    {
        Option<uint> pool = Pool();
        Option<string> asset = TokenAmount.Asset();
        Option<string> amount = new("--amount") { HelpName = "TOKENS", Description = "How much.", Required = true };
        return new AccountSession().Ask(
            new Command(name, description) { pool, asset, amount },
            async (parsed, client, session, token) =>
            {
                PoolOperation operation = Read(client, parsed.GetValue(pool), parsed.GetRequiredValue(asset), parsed.GetValue(amount));
                return LendingResult.Of(await session.LendAsync(type, operation, token));
            });
    }

    private static Command Position()
    {
        Option<uint> pool = Pool();
        return new AccountSession().Ask(
            new Command("position", "Show your position in a pool, with interest to now.") { pool },
            async (parsed, client, session, token) =>
                PositionResult.Of(client.Venue, await session.QueryPoolAsync(parsed.GetValue(pool), token)));
    }

    private static Command WhatIf()
    {
        Option<uint> pool = Pool();
        Option<string> asset = TokenAmount.Asset();
        Option<Hypothesis> operation = new("--operation")
        {
            HelpName = "none|supply|withdraw|borrow|repay",
            Description = "What you would do.",
            DefaultValueFactory = _ => Hypothesis.None,
        };
        Option<string?> amount = new("--amount") { HelpName = "TOKENS", Description = "How much of it." };
        Option<string?> price = new("--price") { HelpName = "USD", Description = "At another price of the asset." };
        return new AccountSession().Ask(
            new Command("what-if", "Show the position that you would have after an operation, at another price, or both. Nothing changes.")
            {
                pool, asset, operation, amount, price,
            },
            async (parsed, client, session, token) =>
            {
                var question = new PoolWhatIf(
                    (CommandType)parsed.GetValue(operation),
                    parsed.GetValue(price) is { } usd ? TokenAmount.Parse(usd, UsdDecimals) : 0,
                    Read(client, parsed.GetValue(pool), parsed.GetRequiredValue(asset), parsed.GetValue(amount)));
                return PositionResult.Of(client.Venue, await session.WhatIfAsync(question, token));
            });
    }

    private static PoolOperation Read(DarkPoolClient client, uint pool, string asset, string? amount)
    {
        VenueAsset of = TokenAmount.AssetOf(client.Venue, asset);
        UInt128 units = amount switch
        {
            null => 0,
            "all" => PoolOperation.All,
            _ => TokenAmount.Parse(amount, of.Decimals),
        };
        return new PoolOperation(pool, of.Asset, units, 0, default);
    }

    /// <summary>Operations that can be considered; the numbers are those of the commands.</summary>
    private enum Hypothesis : ushort
    {
        None = 0,
        Supply = CommandType.PoolSupply,
        Withdraw = CommandType.PoolWithdraw,
        Borrow = CommandType.PoolBorrow,
        Repay = CommandType.PoolRepay,
    }
}
