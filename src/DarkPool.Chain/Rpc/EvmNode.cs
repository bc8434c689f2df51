using System.Text.Json;
using System.Text.Json.Nodes;
using DarkPool.Chain.Contracts;
using DarkPool.Chain.Transactions;
using DarkPool.Protocol.Identity;

namespace DarkPool.Chain.Rpc;

/// <summary>
/// The calls of the Ethereum JSON-RPC (execution-apis) that are used here, with their types. All of them throw
/// <see cref="ChainUnavailableException"/> when the node cannot be reached or answers something else than the specification says.
/// </summary>
/// <param name="rpc">The connection, which stays its owner's.</param>
public sealed class EvmNode(JsonRpcClient rpc)
{
    /// <summary>The code of the common clients for an execution that was reverted.</summary>
    private const int ExecutionReverted = 3;

    /// <summary>The connection.</summary>
    public JsonRpcClient Rpc => rpc;

    /// <summary>EIP-155 id of the node's chain.</summary>
    public Task<ulong> ChainIdAsync(CancellationToken cancellation = default) =>
        CallAsync("eth_chainId", [], NodeJson.Quantity, cancellation);

    /// <summary>The newest block.</summary>
    public Task<EvmBlock> LatestBlockAsync(CancellationToken cancellation = default) =>
        CallAsync("eth_getBlockByNumber", ["latest", false], EvmBlock.Read, cancellation);

    /// <summary>A block by its number; null if the chain has not come so far.</summary>
    public Task<EvmBlock?> BlockAsync(ulong number, CancellationToken cancellation = default) => CallAsync(
        "eth_getBlockByNumber", [EvmHex.EncodeQuantity(number), false], e => e.IsNull() ? null : EvmBlock.Read(e), cancellation);

    /// <summary>Whether there is a contract at an address.</summary>
    public Task<bool> HasCodeAsync(EvmAddress address, CancellationToken cancellation = default) =>
        CallAsync("eth_getCode", [address.ToString(), "latest"], e => e.Data().Length > 0, cancellation);

    /// <summary>The ether of an account in wei.</summary>
    public Task<UInt128> BalanceAsync(EvmAddress address, CancellationToken cancellation = default) =>
        CallAsync("eth_getBalance", [address.ToString(), "latest"], NodeJson.BigQuantity, cancellation);

    /// <summary>What became of a transaction; null as long as no block has it.</summary>
    public Task<TransactionReceipt?> ReceiptAsync(Bytes32 transaction, CancellationToken cancellation = default) => CallAsync(
        "eth_getTransactionReceipt", [transaction.Hex()], e => e.IsNull() ? null : TransactionReceipt.Read(e), cancellation);

    /// <summary>Whether the node has a transaction, waiting or in a block.</summary>
    internal Task<bool> KnowsAsync(Bytes32 transaction, CancellationToken cancellation) =>
        CallAsync("eth_getTransactionByHash", [transaction.Hex()], e => !e.IsNull(), cancellation);

    /// <summary>Calls a contract without a transaction, on the newest state.</summary>
    /// <exception cref="ContractRevertedException">The contract refused.</exception>
    internal Task<byte[]> CallAsync(EvmAddress contract, byte[] data, CancellationToken cancellation) =>
        RevertibleAsync("eth_call", [Call(null, new TransactionRequest(contract, data)), "latest"], NodeJson.Data, cancellation);

    /// <summary>
    /// The gas that a transaction would use on the newest state: by default nodes differ in whether waiting transactions count.
    /// </summary>
    /// <exception cref="ContractRevertedException">It would be reverted.</exception>
    internal Task<ulong> EstimateGasAsync(EvmAddress from, TransactionRequest request, CancellationToken cancellation) =>
        RevertibleAsync("eth_estimateGas", [Call(from, request), "latest"], NodeJson.Quantity, cancellation);

    /// <summary>The nonce of an account's next transaction: after those in blocks, or after those that wait as well.</summary>
    internal Task<ulong> NonceAsync(EvmAddress account, bool afterWaiting, CancellationToken cancellation) =>
        CallAsync("eth_getTransactionCount", [account.ToString(), afterWaiting ? "pending" : "latest"], NodeJson.Quantity, cancellation);

    /// <summary>Hands a signed transaction to the node.</summary>
    /// <exception cref="JsonRpcException">The node does not take it.</exception>
    internal Task<Bytes32> SendAsync(SignedTransaction transaction, CancellationToken cancellation) =>
        CallAsync("eth_sendRawTransaction", [EvmHex.Encode(transaction.Raw)], NodeJson.Hash, cancellation);

    /// <summary>What the node would pay a block's producer, in wei per unit of gas.</summary>
    /// <exception cref="JsonRpcException">The node does not know the method.</exception>
    internal Task<UInt128> PriorityFeeAsync(CancellationToken cancellation) =>
        CallAsync("eth_maxPriorityFeePerGas", [], NodeJson.BigQuantity, cancellation);

    /// <summary>The gas price on a chain without a base fee, in wei.</summary>
    internal Task<UInt128> GasPriceAsync(CancellationToken cancellation) =>
        CallAsync("eth_gasPrice", [], NodeJson.BigQuantity, cancellation);

    /// <summary>The events of a contract in a range of blocks, in their order.</summary>
    /// <param name="contract">The contract.</param>
    /// <param name="topics">By place, the values of which a topic must have one; null for any.</param>
    /// <param name="first">First block.</param>
    /// <param name="last">Last block.</param>
    /// <param name="cancellation">Ends the wait.</param>
    internal Task<IReadOnlyList<EvmLog>> LogsAsync(
        EvmAddress contract, IReadOnlyList<Bytes32[]?> topics, ulong first, ulong last, CancellationToken cancellation)
    {
        var wanted = topics.Select(topic => topic is null ? null : new JsonArray([.. topic.Select(t => (JsonNode)t.Hex())]));
        var filter = new JsonObject
        {
            ["address"] = contract.ToString(),
            ["topics"] = new JsonArray([.. wanted]),
            ["fromBlock"] = EvmHex.EncodeQuantity(first),
            ["toBlock"] = EvmHex.EncodeQuantity(last),
        };
        return CallAsync<IReadOnlyList<EvmLog>>(
            "eth_getLogs", [filter], e => [.. e.EnumerateArray().Select(EvmLog.Read).OrderBy(log => (log.Block, log.Index))], cancellation);
    }

    private static JsonObject Call(EvmAddress? from, TransactionRequest request)
    {
        var call = new JsonObject { ["data"] = EvmHex.Encode(request.Data) };
        if (from is { } sender) call["from"] = sender.ToString();
        if (request.To is { } to) call["to"] = to.ToString();
        if (request.Value > 0) call["value"] = "0x" + request.Value.ToString("x", null);
        return call;
    }

    private async Task<T> RevertibleAsync<T>(string method, JsonArray parameters, Func<JsonElement, T> read, CancellationToken cancellation)
    {
        try
        {
            return await CallAsync(method, parameters, read, cancellation);
        }
        catch (JsonRpcException e) when (e.Code == ExecutionReverted || !e.RevertData.IsEmpty)
        {
            var error = ContractErrors.NameOf(e.RevertData.Span);
            throw new ContractRevertedException(error, error.Length > 0 ? $"Reverted with {error}" : e.NodeMessage, e.RevertData, e);
        }
    }

    private async Task<T> CallAsync<T>(string method, JsonArray parameters, Func<JsonElement, T> read, CancellationToken cancellation)
    {
        var result = await rpc.CallAsync(method, parameters, cancellation);
        try
        {
            return read(result);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or OverflowException)
        {
            throw new ChainUnavailableException($"The node answered {method} with something else: {e.Message}", e);
        }
    }
}
