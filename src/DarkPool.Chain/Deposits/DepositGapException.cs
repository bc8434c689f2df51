namespace DarkPool.Chain.Deposits;

/// <summary>
/// A node showed deposits with one missing among them: it lies, or has lost events. Nothing after the gap may be credited.
/// </summary>
public sealed class DepositGapException : Exception
{
    internal DepositGapException(ulong expected, ulong found)
        : base($"The node shows deposit {found} of the vault where {expected} should be")
    {
        Expected = expected;
        Found = found;
    }

    /// <summary>The number that should have come.</summary>
    public ulong Expected { get; }

    /// <summary>The number that came.</summary>
    public ulong Found { get; }
}
