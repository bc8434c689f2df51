using System.CommandLine;
using DarkPool.Cli.Commands.Attest;

namespace DarkPool.Cli.Commands;

/// <summary>The command line as a whole.</summary>
internal static class CommandLine
{
    /// <summary>A stack that drains takes some seconds; after this the process ends anyway and its children with it.</summary>
    private static readonly TimeSpan TerminationLimit = TimeSpan.FromMinutes(2);

    private const string Description = """
        DarkPool: a confidential venue on one event log.

        Exit codes: 0 done, 1 failed, 2 wrong command line, 3 verification found a mismatch, 4 evidence refused,
        130 interrupted.
        """;

    public static RootCommand Root() => new(Description)
    {
        UpCommand.Create(),
        ReplayCommand.Create(),
        VerifyCommand.Create(),
        SetupCommand.Create(),
        MigrateCommand.Create(),
        StatusCommand.Create(),
        AccountCommand.Create(),
        OrderCommand.Create(),
        MarketCommand.Create(),
        FeedCommand.Create(),
        LendCommand.Create(),
        PoolCommand.Create(),
        AttestCommand.Create(),
    };

    public static async Task<int> InvokeAsync(string[] args)
    {
        ParseResult parsed = Root().Parse(args);
        int code = await parsed.InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TerminationLimit,
        });
        return parsed.Errors.Count > 0 ? ExitCode.Usage : code;
    }
}
