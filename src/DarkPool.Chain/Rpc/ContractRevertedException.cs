namespace DarkPool.Chain.Rpc;

/// <summary>A contract refused a call, or the node an execution.</summary>
public sealed class ContractRevertedException : Exception
{
    internal ContractRevertedException(string error, string message, ReadOnlyMemory<byte> data, Exception? inner = null)
        : base(message, inner)
    {
        Error = error;
        RevertData = data;
    }

    /// <summary>The name of the contract's custom error, for example <c>WrongSequence</c>; empty if it is not one of ours.</summary>
    public string Error { get; }

    /// <summary>The error's selector and arguments as the contract gave them; may be empty.</summary>
    public ReadOnlyMemory<byte> RevertData { get; }
}
