using System.CommandLine;
using DarkPool.Attestation.Collaterals;
using DarkPool.Cli.Orders;
using DarkPool.Cli.Output;
using DarkPool.Client;
using DarkPool.Client.Sessions;
using NSec.Cryptography;

namespace DarkPool.Cli.Commands;

/// <summary>Which venue and account a command is for, and how its result is printed.</summary>
internal sealed class AccountSession
{
    private readonly Option<FileInfo> _key = SharedOptions.AccountKey();
    private readonly Option<Uri> _venue = SharedOptions.Venue();
    private readonly TrustOptions _trust = new();
    private readonly Option<bool> _json = SharedOptions.Json();

    /// <summary>Has a command do something with a session, of a venue that is described, and print its result.</summary>
    public Command Ask<T>(Command command, Func<ParseResult, DarkPoolClient, DarkPoolSession, CancellationToken, Task<T>> ask)
        where T : LendingResult => Act(
        command,
        async (parsed, options, account, token) =>
        {
            await using DarkPoolClient client = await DarkPoolClient.ConnectAsync(options, token);
            await using DarkPoolSession session = await client.OpenSessionAsync(
                new SessionOptions { Account = account, RateClass = Protocol.Reports.RateClass.Fast }, token);
            T result = await ask(parsed, client, session, token);
            Report.Print(result, parsed.GetValue(_json));
            await session.CloseAsync(token);
            return result.Accepted ? ExitCode.Success : ExitCode.Failure;
        });

    /// <summary>Has a command act with the options of a client and the key of an account.</summary>
    public Command Act(Command command, Func<ParseResult, DarkPoolClientOptions, Key, CancellationToken, Task<int>> act)
    {
        foreach (Option option in new Option[] { _key, _venue, _json })
            command.Add(option);
        _trust.AddTo(command);
        command.SetAction((parsed, cancellation) => CommandFailure.GuardAsync(
            async token =>
            {
                using Key account = AccountKeyFile.Read(parsed.GetRequiredValue(_key));
                Uri venue = parsed.GetRequiredValue(_venue);
                using CollateralPlaces collateral = _trust.OpenCollateral(parsed, TimeProvider.System);
                var options = new DarkPoolClientOptions
                {
                    Venue = venue, Policy = _trust.PolicyFor(parsed, venue), Collateral = collateral,
                };
                return await act(parsed, options, account, token);
            },
            cancellation));
        return command;
    }

    /// <summary>Whether the result is to be JSON.</summary>
    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);
}
