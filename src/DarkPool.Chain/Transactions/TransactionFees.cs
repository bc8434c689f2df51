namespace DarkPool.Chain.Transactions;

/// <summary>What a transaction pays for a unit of gas, in wei.</summary>
/// <param name="MaxFee">At most, base fee included; the gas price on a chain without a base fee.</param>
/// <param name="Priority">To the block's producer; null on a chain without a base fee (before EIP-1559).</param>
internal sealed record TransactionFees(UInt128 MaxFee, UInt128? Priority)
{
    /// <summary>Nodes replace a waiting transaction only by one that pays at least a tenth more; an eighth is above that.</summary>
    private const int BumpDivisor = 8;

    /// <summary>Fees that replace those of a waiting transaction, of the same kind.</summary>
    public TransactionFees Bumped() => new(Bump(MaxFee), Priority is { } priority ? Bump(priority) : null);

    /// <summary>The higher of both.</summary>
    public TransactionFees AtLeast(TransactionFees other) => new(
        UInt128.Max(MaxFee, other.MaxFee),
        Priority is { } mine && other.Priority is { } theirs ? UInt128.Max(mine, theirs) : Priority);

    private static UInt128 Bump(UInt128 fee) => checked(fee + (fee / BumpDivisor) + 1);
}
