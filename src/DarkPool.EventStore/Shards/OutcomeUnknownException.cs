namespace DarkPool.EventStore.Shards;

/// <summary>
/// An append was cancelled after an attempt whose outcome is not known: the block may be in the log or not. The log takes no more appends;
/// opening it again tells.
/// </summary>
public sealed class OutcomeUnknownException : OperationCanceledException
{
    /// <summary>Makes the exception.</summary>
    public OutcomeUnknownException()
        : base("An append was cancelled while the event store was gone: whether it happened is known once the log is opened again.")
    {
    }
}
