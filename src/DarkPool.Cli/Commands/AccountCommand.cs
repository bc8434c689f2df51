using System.CommandLine;
using DarkPool.Cli.Orders;
using DarkPool.Cli.Output;
using NSec.Cryptography;

namespace DarkPool.Cli.Commands;

/// <summary>`darkpool account`: makes an account's key.</summary>
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
        return new Command("account", "Accounts of traders.") { create };
    }
}
