using System.Text.Json;
using DarkPool.Chain.Rpc;
using DarkPool.Chain.Tokens;
using DarkPool.Protocol.Identity;
using Xunit;

namespace DarkPool.Chain.Tests.Rpc;

public sealed class LogScannerTests : ChainFixture
{
    private const int Events = 12;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(5000)]
    public async Task Every_event_is_found_once_whatever_the_step(int step)
    {
        await MintAsync();
        var last = (await Node.LatestBlockAsync()).Number;
        await AllFoundAsync(await LogScanner.ScanAsync(Node, Token, [], Venue.Block, last, CancellationToken.None, (ulong)step));
    }

    [Fact]
    public async Task A_step_that_the_node_refuses_is_halved()
    {
        await MintAsync();
        await using var proxy = new NodeProxy(
            Chain.Url, (method, parameters) => IsLong(method, parameters) ? CallFate.Refused : CallFate.Answered);
        using var rpc = new JsonRpcClient(proxy.Url);
        var last = (await Node.LatestBlockAsync()).Number;
        await AllFoundAsync(await LogScanner.ScanAsync(new EvmNode(rpc), Token, [], Venue.Block, last, CancellationToken.None));
    }

    [Fact]
    public async Task A_node_that_refuses_even_one_block_ends_the_search()
    {
        await using var proxy = new NodeProxy(Chain.Url, (method, _) => method == "eth_getLogs" ? CallFate.Refused : CallFate.Answered);
        using var rpc = new JsonRpcClient(proxy.Url);
        await Assert.ThrowsAsync<JsonRpcException>(() => LogScanner.ScanAsync(new EvmNode(rpc), Token, [], 0, 3, CancellationToken.None));
    }

    private EvmAddress Token => Venue.Tokens[0].Address;

    private static bool IsLong(string method, JsonElement parameters)
    {
        const ulong Longest = 3;
        if (method != "eth_getLogs") return false;
        var first = EvmHex.DecodeQuantity(parameters[0].GetProperty("fromBlock").GetString());
        var last = EvmHex.DecodeQuantity(parameters[0].GetProperty("toBlock").GetString());
        return last - first + 1 > Longest;
    }

    private async Task MintAsync()
    {
        for (var i = 1; i <= Events; i++) await new TokenClient(Node, Token).MintAsync(Owner, Owner.Address, (UInt128)i);
    }

    private async Task AllFoundAsync(List<EvmLog> logs)
    {
        var mints = logs.Where(log => log.Data.Length == 32).Select(log => (int)log.Data[31]);
        Assert.Equal(Enumerable.Range(1, Events), mints);
        Assert.Equal((UInt128)(Events * (Events + 1) / 2), await new TokenClient(Node, Token).BalanceAsync(Owner.Address));
    }
}
