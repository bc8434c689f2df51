using DarkPool.Chain.Rpc;
using DarkPool.Local.Anvil;
using DarkPool.Local.Files;
using Xunit;

namespace DarkPool.Local.Tests.Anvil;

public sealed class LocalChainTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly TemporaryFolder _folder = TemporaryFolder.Create("dark pool");

    private LocalChainOptions Options => new() { DataFolder = _folder.Sub("chain"), SaveInterval = TimeSpan.FromMilliseconds(50) };

    private string Saved => Path.Combine(Options.DataFolder, "state.json");

    private string Final => Path.Combine(Options.DataFolder, "state.final.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_second_start_resumes_the_same_blocks()
    {
        string hash;
        await using (var first = await LocalChain.StartAsync(Options))
        {
            await CallAsync(first, "anvil_mine", "0x5");
            hash = await HashAsync(first, "0x3");
        }

        await using var second = await LocalChain.StartAsync(Options);
        Assert.Equal("0x5", await CallAsync(second, "eth_blockNumber"));
        Assert.Equal(hash, await HashAsync(second, "0x3"));
    }

    [Fact]
    public async Task The_chain_is_the_development_one_with_its_accounts_funded()
    {
        await using var chain = await LocalChain.StartAsync(Options);
        Assert.Equal("0x7a69", await CallAsync(chain, "eth_chainId"));
        foreach (var account in new[] { DevAccount.Deployer, DevAccount.Publisher, DevAccount.Funder, DevAccount.Spare })
        {
            Assert.Equal("0x21e19e0c9bab2400000", await CallAsync(chain, "eth_getBalance", account.Address, "latest"));
        }
    }

    [Fact]
    public async Task A_kill_of_the_node_loses_nothing_that_was_saved()
    {
        await using (var first = await LocalChain.StartAsync(Options))
        {
            await CallAsync(first, "anvil_mine", "0x7");
            await Eventually.TrueAsync(() => File.Exists(Saved) && IsOfBlock7(File.ReadAllText(Saved)), Patience);
            first.Kill();
            await first.Exited;
        }

        await using var second = await LocalChain.StartAsync(Options);
        Assert.Equal("0x7", await CallAsync(second, "eth_blockNumber"));
    }

    [Fact]
    public async Task A_torn_final_state_gives_way_to_the_saved_one()
    {
        await using (var first = await LocalChain.StartAsync(Options))
        {
            await CallAsync(first, "anvil_mine", "0x2");
        }

        await using (await LocalChain.StartAsync(Options))
        {
            // The whole final state has become the saved one.
        }

        var whole = await File.ReadAllTextAsync(Saved);
        await File.WriteAllTextAsync(Final, whole[..(whole.Length / 2)]);
        await using var second = await LocalChain.StartAsync(Options);
        Assert.Equal("0x2", await CallAsync(second, "eth_blockNumber"));
    }

    [Fact]
    public async Task A_folder_in_use_is_refused_with_its_name()
    {
        await using var first = await LocalChain.StartAsync(Options);
        var refusal = await Assert.ThrowsAsync<IOException>(() => LocalChain.StartAsync(Options));
        Assert.Contains(Options.DataFolder, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_reported_with_what_the_node_said()
    {
        await using var first = await LocalChain.StartAsync(Options);
        var options = Options with { DataFolder = _folder.Sub("other"), Port = first.Url.Port };
        var failure = await Assert.ThrowsAsync<IOException>(() => LocalChain.StartAsync(options));
        Assert.Contains("in use", failure.Message, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsOfBlock7(string state) => state.Contains("\"number\":\"0x7\"", StringComparison.Ordinal);

    private static async Task<string> HashAsync(LocalChain chain, string block)
    {
        using var rpc = new JsonRpcClient(chain.Url);
        return (await rpc.CallAsync("eth_getBlockByNumber", [block, false])).GetProperty("hash").GetString()!;
    }

    private static async Task<string> CallAsync(LocalChain chain, string method, params string[] parameters)
    {
        using var rpc = new JsonRpcClient(chain.Url);
        return (await rpc.CallAsync(method, [.. parameters])).ToString();
    }
}
