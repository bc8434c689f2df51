using DarkPool.Cli.Commands;
using DarkPool.Cli.Orders;
using DarkPool.Cli.Processes;
using DarkPool.Local.Files;

namespace DarkPool.Cli.Tests.Orders;

/// <summary>What the commands for orders, markets and feeds take, and how they refuse: one line and an exit code.</summary>
[Collection(CommandInProcess.Console)]
public sealed class TradingCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.Create("darkpool-cli-orders");

    private string Key => _folder.Sub("account.key");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("order place --id 1 --market 1 --side buy --price 100 --quantity 5 --key k")]
    [InlineData("order place --id 18446744073709551615 --market 1 --side Sell --type pegmidpoint --time day --quantity 5 --key k")]
    [InlineData("order place --id 1 --market 1 --side sell --price 1 --quantity 9 --time goodtilltime --expiry 2030-01-02 --key k")]
    [InlineData("order place --id 1 --market 1 --side sell --price 1 --quantity 9 --min-quantity 9 --self-trade decrement --key k")]
    [InlineData("order place --id 1 --market 1 --side buy --price 1 --quantity 9 --min-interaction 2 --post-only --key k")]
    [InlineData("order place --id 1 --market 1 --side buy --type pegmarket --quantity 9 --conditional --key k --wait 9")]
    [InlineData("order replace --id 1 --price 0 --quantity 5 --key k")]
    [InlineData("order cancel --id 1 --key k")]
    [InlineData("order firm-up --id 1 --quantity 5 --key k --wait 3")]
    [InlineData("order cancel-all --key k --market 1 --side buy")]
    [InlineData("account configure --self-trade decrement --accept-tiers 0,3,15 --group own.group --key k")]
    [InlineData("account configure --key k")]
    [InlineData("account deny --counterparty abababababababababababababababababababababababababababababababab --key k")]
    [InlineData("account allow --counterparty abababababababababababababababababababababababababababababababab --key k")]
    [InlineData("account tier --account abababababababababababababababababababababababababababababababab --tier 15 --key k")]
    [InlineData("market list --market 7 --symbol A/B --base 2 --quote 1 --rule auction --auction-interval 1 --auction-window 0.25")]
    [InlineData("market configure --market 7 --feed 3 --staleness 2.5 --midpoint-collar 100")]
    [InlineData("market halt --market 7")]
    [InlineData("market resume --market 7")]
    [InlineData("feed quote --feed 3 --bid 100 --ask 101 --key k --round 8")]
    [InlineData("feed price --feed 3 --price 100 --key k")]
    public void A_sound_command_line_is_understood(string line) => Assert.Empty(CommandLine.Root().Parse(line).Errors);

    [Theory]
    [InlineData("order place --market 1 --side buy --price 100 --quantity 5", "--id")]
    [InlineData("order place --id -1 --market 1 --side buy --quantity 5", "-1")]
    [InlineData("order place --id 1 --market 1 --side sideways --quantity 5", "sideways")]
    [InlineData("order place --id 1 --market 1 --side buy --quantity 5 --time tomorrow", "tomorrow")]
    [InlineData("order place --id 1 --market 1 --side buy --quantity 5 --type iceberg", "iceberg")]
    [InlineData("order place --id 1 --market 1 --side buy --quantity many", "many")]
    [InlineData("order place --id 1 --market 1 --side buy --quantity 5 --expiry soon", "soon")]
    [InlineData("order place --id 1 --market 1 --side buy --quantity 5 --venue ftp://there", "ftp://there")]
    [InlineData("order firm-up --id 1", "--quantity")]
    [InlineData("order haggle --id 1", "haggle")]
    [InlineData("account configure --key k --accept-tiers 1,16", "'1,16'")]
    [InlineData("account configure --key k --accept-tiers ,", "','")]
    [InlineData("account deny --key k --counterparty abc", "'abc'")]
    [InlineData("account tier --key k --account 00 --tier 1", "'00'")]
    [InlineData("market list --market 7 --symbol A --base 2 --quote 1 --rule lottery", "lottery")]
    [InlineData("market list --market 7 --symbol A --base 2 --quote 1 --rule auction --lot-size 0", "'0'")]
    [InlineData("market configure --market 7 --fee-account abc", "'abc'")]
    [InlineData("market configure --market 7 --auction-interval -1", "--auction-interval")]
    [InlineData("market operator", "--account")]
    [InlineData("feed source --feed 1 --source zz", "'zz'")]
    public async Task A_wrong_command_line_ends_with_code_2_and_says_what_is_wrong(string line, string about)
    {
        string[] words = line.StartsWith("order", StringComparison.Ordinal) ? [.. line.Split(' '), "--key", Key] : line.Split(' ');
        (int code, _, string error) = await CommandInProcess.RunWithErrorAsync(words);

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains(about, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("order cancel --id 1 --key")]
    [InlineData("feed quote --feed 1 --bid 1 --ask 2 --key")]
    public async Task Without_the_key_nothing_is_sent_and_one_line_says_how_to_get_one(string line)
    {
        (int code, string output, string error) = await CommandInProcess.RunWithErrorAsync([.. line.Split(' '), Key]);

        Assert.Equal((ExitCode.Failure, ""), (code, output));
        Assert.Equal($"darkpool: {Key} is not there. `darkpool account create --key FILE` makes a new account.", error.Trim());
    }

    [Fact]
    public async Task A_file_that_holds_no_key_is_refused_without_saying_what_it_holds()
    {
        const string Secret = "correct horse battery staple";
        await File.WriteAllTextAsync(Key, Secret);
        (int code, _, string error) = await CommandInProcess.RunWithErrorAsync("order", "cancel", "--id", "1", "--key", Key);

        Assert.Equal(ExitCode.Failure, code);
        Assert.Equal($"darkpool: {Key} does not hold a key of 64 hex digits.", error.Trim());
    }

    [Fact]
    public void A_group_is_made_once_for_its_owner_alone_and_read_again()
    {
        var file = new FileInfo(_folder.Sub("own.group"));
        UInt128 made = OwnerGroupFile.Open(file);

        Assert.NotEqual(UInt128.Zero, made);
        Assert.Equal(made, OwnerGroupFile.Open(new FileInfo(file.FullName)));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file.FullName));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("1234567890abcdef1234567890abcde")]
    [InlineData("not a group but 32 letters long!")]
    public void A_file_that_holds_no_group_is_refused_without_saying_what_it_holds(string content)
    {
        var file = new FileInfo(_folder.Sub("own.group"));
        File.WriteAllText(file.FullName, content);

        var refused = Assert.Throws<StackException>(() => OwnerGroupFile.Open(file));
        Assert.Equal($"{file.FullName} does not hold a group of 32 hex digits.", refused.Message);
    }

    [Fact]
    public async Task Who_has_no_governance_keys_cannot_govern_and_none_are_made()
    {
        (int code, _, string error) = await CommandInProcess.RunWithErrorAsync(
            "market", "halt", "--market", "1", "--data", _folder.FullPath);

        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("holds no governance keys", Assert.Single(error.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.FullPath));
    }

    [Fact]
    public async Task A_venue_that_is_not_there_is_told_in_one_line()
    {
        await CommandInProcess.RunAsync("account", "create", "--key", Key);
        (int code, _, string error) = await CommandInProcess.RunWithErrorAsync(
            "feed", "quote", "--feed", "1", "--bid", "1", "--ask", "2", "--key", Key, "--venue", "http://127.0.0.1:9");

        Assert.Equal(ExitCode.Failure, code);
        Assert.StartsWith("darkpool: ", Assert.Single(error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("order")]
    [InlineData("order place")]
    [InlineData("order firm-up")]
    [InlineData("market list")]
    [InlineData("feed quote")]
    public async Task Every_command_explains_itself(string line)
    {
        (int code, string output) = await CommandInProcess.RunAsync([.. line.Split(' '), "--help"]);

        Assert.Equal(ExitCode.Success, code);
        Assert.Contains("Usage:", output, StringComparison.Ordinal);
    }
}
