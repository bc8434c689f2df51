namespace DarkPool.Chain.Rpc;

/// <summary>The node could not be reached, did not answer in time, or answered something that is not JSON-RPC.</summary>
public sealed class ChainUnavailableException : IOException
{
    internal ChainUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
