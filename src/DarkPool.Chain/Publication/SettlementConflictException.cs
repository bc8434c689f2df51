namespace DarkPool.Chain.Publication;

/// <summary>
/// The registry has recorded another batch under a number than the one in the outbox: two histories have been signed. Nothing can be
/// published until people have found out why.
/// </summary>
public sealed class SettlementConflictException : Exception
{
    internal SettlementConflictException(ulong sequence)
        : base($"The settlement registry has another batch {sequence} than the outbox: its state root or log head differs")
    {
        Sequence = sequence;
    }

    /// <summary>Number of the batch.</summary>
    public ulong Sequence { get; }
}
