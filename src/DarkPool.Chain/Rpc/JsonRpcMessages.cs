using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace DarkPool.Chain.Rpc;

// Messages of JSON-RPC 2.0, https://www.jsonrpc.org/specification sections 4 and 5.

internal sealed record JsonRpcRequest(
    [property: JsonPropertyName("jsonrpc")] string Version,
    [property: JsonPropertyName("id")] long Id,
    [property: JsonPropertyName("method")] string Method,
    [property: JsonPropertyName("params")] JsonArray Parameters);

internal sealed record JsonRpcResponse
{
    [JsonPropertyName("id")]
    public long? Id { get; init; }

    [JsonPropertyName("result")]
    public JsonElement Result { get; init; }

    [JsonPropertyName("error")]
    public JsonRpcErrorBody? Error { get; init; }
}

internal sealed record JsonRpcErrorBody
{
    [JsonPropertyName("code")]
    public int Code { get; init; }

    [JsonPropertyName("message")]
    public string Message { get; init; } = "";

    [JsonPropertyName("data")]
    public JsonElement Data { get; init; }
}

[JsonSerializable(typeof(JsonRpcRequest))]
[JsonSerializable(typeof(List<JsonRpcRequest>))]
[JsonSerializable(typeof(JsonRpcResponse))]
[JsonSerializable(typeof(List<JsonRpcResponse>))]
internal sealed partial class JsonRpcJson : JsonSerializerContext;
