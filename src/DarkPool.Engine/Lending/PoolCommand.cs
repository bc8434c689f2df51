namespace DarkPool.Engine.Lending;

/// <summary>One operation on a pool. Nothing in it is trusted: the venue checks every field.</summary>
public readonly record struct PoolCommand
{
    /// <summary>As an amount: all of it, where the operation knows an all. No ledger holds that much.</summary>
    public static UInt128 All => UInt128.MaxValue;

    /// <summary>What to do.</summary>
    public required LendingOperation Operation { get; init; }

    /// <summary>The pool's number.</summary>
    public required uint Pool { get; init; }

    /// <summary>The asset; without meaning for e-modes.</summary>
    public uint Asset { get; init; }

    /// <summary>Base units, or <see cref="All"/>.</summary>
    public UInt128 Amount { get; init; }

    /// <summary>Whose supply or debt it is about, or who receives; null: the account itself.</summary>
    public uint? Other { get; init; }

    /// <summary>The e-mode to enter, 0 to leave; or 1 to use as collateral, 0 not to.</summary>
    public uint Argument { get; init; }
}
