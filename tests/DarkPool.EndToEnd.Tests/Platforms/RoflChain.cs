using System.Net.Http.Json;
using System.Text.Json;
using DarkPool.Attestation.Testing.Agents;
using DarkPool.EndToEnd.Tests.Support;

namespace DarkPool.EndToEnd.Tests.Platforms;

/// <summary>
/// What stands behind the daemon's <c>tx/sign-submit</c>, FAKED: signs with one account of the local chain, sends, and waits.
/// </summary>
internal sealed class RoflChain(Uri chain, string account) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = chain };

    /// <summary>Sends the call of a request and gives its call result, CBOR.</summary>
    public byte[] Submit(JsonElement request) => SubmitAsync(request.GetProperty("tx").GetProperty("data")).GetAwaiter().GetResult();

    /// <summary>The account that sent a transaction.</summary>
    public async Task<string> SenderOfAsync(string transaction) =>
        (await CallAsync("eth_getTransactionByHash", transaction)).GetProperty("from").GetString()!;

    public void Dispose() => _http.Dispose();

    private async Task<byte[]> SubmitAsync(JsonElement call)
    {
        string hash = (await CallAsync("eth_sendTransaction", new
        {
            from = account,
            to = "0x" + call.GetProperty("to").GetString(),
            data = "0x" + call.GetProperty("data").GetString(),
            gas = "0x" + call.GetProperty("gas_limit").GetUInt64().ToString("x", null),
        })).GetString()!;
        JsonElement receipt = default;
        await Patience.UntilAsync(
            async () => (receipt = await CallAsync("eth_getTransactionReceipt", hash)).ValueKind == JsonValueKind.Object, "a block comes");
        return receipt.GetProperty("status").GetString() == "0x1" ? RoflAppdServer.Ok([]) : RoflAppdServer.Fail("evm", 8, "reverted");
    }

    private async Task<JsonElement> CallAsync(string method, object parameter)
    {
        var request = new { jsonrpc = "2.0", id = 1, method, @params = new[] { parameter } };
        using HttpResponseMessage response = await _http.PostAsJsonAsync("", request);
        using JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsStreamAsync());
        return answer.RootElement.GetProperty("result").Clone();
    }
}
