using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using DarkPool.Chain.Rpc;
using DarkPool.Local.Tools;
using Xunit;

namespace DarkPool.Chain.Tests.Rpc;

public sealed class JsonRpcClientTests(ChainFixture chain) : IClassFixture<ChainFixture>
{
    private static readonly JsonRpcOptions Hasty = new() { Attempts = 2, RetryDelay = TimeSpan.FromMilliseconds(1) };

    [Fact]
    public async Task A_batch_keeps_its_order_whatever_its_length()
    {
        using var rpc = new JsonRpcClient(chain.Chain.Url);
        var calls = Enumerable.Range(0, JsonRpcClient.MaximumBatch + 7);
        var parameters = calls.Select(i => new JsonArray(EvmHex.EncodeQuantity((ulong)(i % 5)), false));
        var blocks = await rpc.CallManyAsync("eth_getBlockByNumber", parameters);
        Assert.Equal(calls.Select(i => (ulong)(i % 5)), blocks.Select(b => EvmHex.DecodeQuantity(b.GetProperty("number").GetString())));
    }

    [Fact]
    public async Task An_error_of_the_node_keeps_its_code_and_words()
    {
        using var rpc = new JsonRpcClient(chain.Chain.Url);
        var error = await Assert.ThrowsAsync<JsonRpcException>(() => rpc.CallAsync("no_such_method", []));
        Assert.Equal(("no_such_method", -32601), (error.Method, error.Code));
        Assert.NotEmpty(error.NodeMessage);
    }

    [Fact]
    public async Task A_node_that_is_not_there_is_unavailable_and_its_access_key_stays_secret()
    {
        using var rpc = new JsonRpcClient(new Uri($"http://user:password@127.0.0.1:{FreePort.Next()}/v3/access-key"), Hasty);
        var failure = await Assert.ThrowsAsync<ChainUnavailableException>(() => rpc.CallAsync("eth_chainId", []));
        Assert.DoesNotContain("access-key", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("password", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n<html>hi<")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnull")]
    [InlineData("")]
    public async Task What_is_not_an_answer_is_tried_again_and_then_unavailable(string answer)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var stop = new CancellationTokenSource();
        var serving = ServeAsync(listener, answer, stop.Token);
        using (var rpc = new JsonRpcClient(new Uri($"http://{listener.LocalEndpoint}"), Hasty))
        {
            await Assert.ThrowsAsync<ChainUnavailableException>(() => rpc.CallAsync("eth_chainId", []));
        }

        await stop.CancelAsync();
        Assert.Equal(Hasty.Attempts, await serving);
    }

    [Fact]
    public async Task A_node_that_never_answers_is_unavailable_after_the_timeout()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var options = Hasty with { RequestTimeout = TimeSpan.FromMilliseconds(50) };
        using var rpc = new JsonRpcClient(new Uri($"http://{listener.LocalEndpoint}"), options);
        await Assert.ThrowsAsync<ChainUnavailableException>(() => rpc.CallAsync("eth_chainId", []));
    }

    [Fact]
    public async Task A_call_that_is_cancelled_says_so()
    {
        using var rpc = new JsonRpcClient(chain.Chain.Url);
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rpc.CallAsync("eth_chainId", [], cancelled));
    }

    [Theory]
    [InlineData("ftp://host/")]
    [InlineData("relative")]
    public void An_address_that_is_not_http_is_refused(string address) =>
        Assert.Throws<ArgumentException>(() => new JsonRpcClient(new Uri(address, UriKind.RelativeOrAbsolute)));

    private static async Task<int> ServeAsync(TcpListener listener, string answer, CancellationToken cancellation)
    {
        var served = 0;
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(cancellation);
                var stream = client.GetStream();
                var request = new byte[4096];
                var read = await stream.ReadAsync(request, cancellation);
                Assert.Contains("eth_chainId", Encoding.UTF8.GetString(request, 0, read), StringComparison.Ordinal);
                await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), cancellation);
                served++;
            }
        }
        catch (OperationCanceledException)
        {
            return served;
        }
    }
}
