using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace DarkPool.Chain.Rpc;

/// <summary>
/// JSON-RPC 2.0 over HTTP. A node that cannot be reached is tried again a few times; an error that the node answers is not.
/// Safe for concurrent use.
/// </summary>
public sealed class JsonRpcClient : IDisposable
{
    /// <summary>Calls in one HTTP exchange at most: public nodes refuse larger batches.</summary>
    public const int MaximumBatch = 100;

    private readonly HttpClient _http;
    private readonly JsonRpcOptions _options;
    private readonly TimeProvider _time;
    private readonly string _node;
    private long _lastId;

    /// <param name="endpoint">An absolute http or https address.</param>
    /// <param name="options">Limits; the defaults if null.</param>
    /// <param name="time">The clock of the pauses between attempts; the system's if null.</param>
    public JsonRpcClient(Uri endpoint, JsonRpcOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        if (!endpoint.IsAbsoluteUri || endpoint.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException("The address of a chain node is an absolute http or https one", nameof(endpoint));
        }

        Endpoint = endpoint;
        // Paths, queries and user parts of public nodes carry access keys: messages name the host alone.
        _node = $"{endpoint.Scheme}://{endpoint.Host}:{endpoint.Port}";
        _options = options ?? new JsonRpcOptions();
        _time = time ?? TimeProvider.System;
        _http = new HttpClient { Timeout = _options.RequestTimeout };
    }

    /// <summary>Where the node answers.</summary>
    public Uri Endpoint { get; }

    /// <summary>Calls a method and returns its result, which may be JSON null.</summary>
    /// <exception cref="JsonRpcException">The node answered with an error.</exception>
    /// <exception cref="ChainUnavailableException">No attempt reached the node.</exception>
    public async Task<JsonElement> CallAsync(string method, JsonArray parameters, CancellationToken cancellation = default)
    {
        var request = NewRequest(method, parameters);
        var response = await ExchangeAsync(request, JsonRpcJson.Default.JsonRpcRequest, JsonRpcJson.Default.JsonRpcResponse, cancellation);
        return ResultOf(request, response);
    }

    /// <summary>
    /// Calls one method with each of the given parameter lists in as few exchanges as possible; results keep their order.
    /// </summary>
    /// <exception cref="JsonRpcException">The node answered any of them with an error.</exception>
    /// <exception cref="ChainUnavailableException">No attempt reached the node.</exception>
    public async Task<IReadOnlyList<JsonElement>> CallManyAsync(
        string method, IEnumerable<JsonArray> parameters, CancellationToken cancellation = default)
    {
        var results = new List<JsonElement>();
        foreach (var chunk in parameters.Chunk(MaximumBatch))
        {
            var requests = chunk.Select(p => NewRequest(method, p)).ToList();
            var responses = await ExchangeAsync(
                requests, JsonRpcJson.Default.ListJsonRpcRequest, JsonRpcJson.Default.ListJsonRpcResponse, cancellation);
            var byId = responses.Where(r => r.Id is not null).ToDictionary(r => r.Id!.Value);
            results.AddRange(requests.Select(request => byId.TryGetValue(request.Id, out var response)
                ? ResultOf(request, response)
                : throw new ChainUnavailableException($"{_node} left out the answer of a {method} in a batch")));
        }

        return results;
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private JsonRpcRequest NewRequest(string method, JsonArray parameters) =>
        new("2.0", Interlocked.Increment(ref _lastId), method, parameters);

    private static JsonElement ResultOf(JsonRpcRequest request, JsonRpcResponse response)
    {
        if (response.Error is not { } error) return response.Result;
        throw new JsonRpcException(request.Method, error.Code, error.Message, RevertDataOf(error.Data));
    }

    private static byte[] RevertDataOf(JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.String) return [];
        return EvmHex.TryDecode(data.GetString(), out var bytes) ? bytes : [];
    }

    private async Task<TResponse> ExchangeAsync<TRequest, TResponse>(
        TRequest request, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TResponse> responseType, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(request, requestType);
        var delay = _options.RetryDelay;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await PostAsync(body, responseType, cancellation);
            }
            catch (ChainUnavailableException) when (attempt < _options.Attempts)
            {
                await _time.PauseAsync(delay, cancellation);
                delay *= 2;
            }
        }
    }

    private async Task<TResponse> PostAsync<TResponse>(byte[] body, JsonTypeInfo<TResponse> type, CancellationToken cancellation)
    {
        try
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var response = await _http.PostAsync(Endpoint, content, cancellation);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw new ChainUnavailableException($"{_node} answered HTTP {(int)response.StatusCode}");
            }

            await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
            return await JsonSerializer.DeserializeAsync(stream, type, cancellation)
                ?? throw new ChainUnavailableException($"{_node} answered null");
        }
        catch (HttpRequestException e)
        {
            throw new ChainUnavailableException($"{_node} cannot be reached: {e.Message}", e);
        }
        catch (JsonException e)
        {
            throw new ChainUnavailableException($"{_node} did not answer JSON-RPC", e);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new ChainUnavailableException($"{_node} did not answer within {_options.RequestTimeout.TotalSeconds} s", e);
        }
    }
}
