using System.CommandLine;
using DarkPool.Chain.Signing;
using DarkPool.Cli.Accounts;
using DarkPool.Cli.Orders;
using DarkPool.Cli.Output;
using DarkPool.Cli.Processes;
using DarkPool.Client;
using DarkPool.Client.Sessions;
using DarkPool.Client.Venue;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Reports;
using NSec.Cryptography;

namespace DarkPool.Cli.Commands;

/// <summary>`darkpool account`: makes an account's key, funds an account, says with whom it trades.</summary>
internal static class AccountCommand
{
    public static Command Create()
    {
        Option<FileInfo> key = SharedOptions.AccountKey();
        Option<bool> json = SharedOptions.Json();
        var create = new Command("create", "Make a new account: writes its key into a file that only you may read, and prints its name.")
        {
            key, json,
        };
        create.SetAction((parsed, cancellation) => CommandFailure.GuardAsync(
            _ =>
            {
                using Key made = AccountKeyFile.Create(parsed.GetRequiredValue(key));
                string name = Convert.ToHexStringLower(made.PublicKey.Export(KeyBlobFormat.RawPublicKey));
                Report.Print(new { Account = name }, parsed.GetValue(json));
                return Task.FromResult(ExitCode.Success);
            },
            cancellation));
        return new Command("account", "Accounts of traders, lenders and borrowers.")
        {
            create, Fund(), AccountRuleCommands.Configure(), AccountRuleCommands.Deny(), AccountRuleCommands.Allow(),
            AccountRuleCommands.Tier(),
        };
    }

    private static Command Fund()
    {
        Option<string> asset = TokenAmount.Asset();
        Option<string> amount = new("--amount") { HelpName = "TOKENS", Description = "How much.", Required = true };
        var choice = new AccountSession();
        return choice.Act(
            new Command("fund", "Mint test tokens on the local chain and deposit them for the account; returns when they are credited.")
            {
                asset, amount,
            },
            async (parsed, options, account, token) =>
            {
                var credited = new TaskCompletionSource<Deposited>(TaskCreationOptions.RunContinuationsAsynchronously);
                await using DarkPoolClient client = await DarkPoolClient.ConnectAsync(options, token);
                VenueAsset of = TokenAmount.AssetOf(client.Venue, parsed.GetRequiredValue(asset));
                UInt128 units = TokenAmount.Parse(parsed.GetRequiredValue(amount), of.Decimals);
                if (units == 0 || !EvmAddress.TryParse(of.Token, out EvmAddress address))
                    throw new StackException("--amount is above zero, and the asset has a token on the venue's chain.");
                var session = new SessionOptions
                {
                    Account = account,
                    RateClass = RateClass.Fast,
                    OnReport = (in ReportHeader header, ReadOnlySpan<byte> body) =>
                    {
                        bool isDeposit = header.Type == ReportType.Deposited;
                        if (isDeposit && Deposited.TryRead(body, out Deposited deposit) && deposit.Amount == units)
                            credited.TrySetResult(deposit);
                    },
                };
                await using DarkPoolSession open = await client.OpenSessionAsync(session, token);
                using EvmKey payer = PayerKey.Funder();
                await VaultFunding.DepositAsync(client, address, open.Account, units, payer, token);
                Deposited told = await credited.Task.WaitAsync(token);
                Report.Print(
                    new { of.Symbol, Available = TokenAmount.Format(told.Available, of.Decimals) }, choice.IsJson(parsed));
                return ExitCode.Success;
            });
    }
}
