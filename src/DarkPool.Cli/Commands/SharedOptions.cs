using System.CommandLine;
using System.CommandLine.Parsing;
using DarkPool.Cli.Stack;

namespace DarkPool.Cli.Commands;

/// <summary>Options that several commands have, with the same meaning in each.</summary>
internal static class SharedOptions
{
    /// <summary>Environment variable with the connection string, so that a password need not stand on the command line.</summary>
    public const string PostgresVariable = "DARKPOOL_POSTGRES";

    public static Option<string> Data() => new("--data")
    {
        HelpName = "DIR",
        Description = "Folder of the venue's data.",
        DefaultValueFactory = _ => DataFolder.Standard,
    };

    public static Option<string?> Postgres() => new("--postgres")
    {
        HelpName = "CONN",
        Description = $"Npgsql connection string of the event store (or {PostgresVariable}); without it the data folder's private one.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(PostgresVariable),
    };

    public static Option<Uri?> Chain() => new("--chain")
    {
        HelpName = "URL",
        Description = "JSON-RPC address of the chain; without it the local chain of the data folder.",
        CustomParser = HttpAddress,
    };

    /// <summary>The address of a venue's host.</summary>
    public static Option<Uri> Venue() => new("--venue")
    {
        HelpName = "URL",
        Description = "Address of the venue.",
        DefaultValueFactory = _ => new Uri($"http://127.0.0.1:{HostPort.Standard}"),
        CustomParser = argument => HttpAddress(argument)!,
    };

    /// <summary>The key of the account that a command is of.</summary>
    public static Option<FileInfo> AccountKey() => new("--key")
    {
        HelpName = "FILE",
        Description = "File with the account's key: 64 hex digits, as `darkpool account create` writes it.",
        Required = true,
    };

    /// <summary>The address of a venue where there need not be one.</summary>
    public static Option<Uri?> OtherVenue(string description) => new("--venue")
    {
        HelpName = "URL",
        Description = description,
        CustomParser = HttpAddress,
    };

    public static Option<bool> Json() => new("--json") { Description = "Print the result as one JSON object." };

    private static Uri? HttpAddress(ArgumentResult argument)
    {
        if (Uri.TryCreate(argument.Tokens.Single().Value, UriKind.Absolute, out Uri? uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps))
        {
            return uri;
        }
        argument.AddError($"'{argument.Tokens.Single().Value}' is not an http or https address.");
        return null;
    }
}
