namespace DarkPool.Chain.Rpc;

/// <summary>The node answered a call with an error (JSON-RPC 2.0 section 5.1).</summary>
public sealed class JsonRpcException : Exception
{
    internal JsonRpcException(string method, int code, string message, byte[] data)
        : base($"{method}: {message} (code {code})")
    {
        Method = method;
        Code = code;
        NodeMessage = message;
        RevertData = data;
    }

    /// <summary>The method called, for example <c>eth_call</c>.</summary>
    public string Method { get; }

    /// <summary>The error code of the node; 3 is an execution reverted in the common clients.</summary>
    public int Code { get; }

    /// <summary>The node's own text.</summary>
    public string NodeMessage { get; }

    /// <summary>What the contract reverted with: a custom error's selector and arguments; empty if the node gave none.</summary>
    public ReadOnlyMemory<byte> RevertData { get; }
}
