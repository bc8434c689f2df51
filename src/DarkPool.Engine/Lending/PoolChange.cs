namespace DarkPool.Engine.Lending;

/// <summary>What a pool operation did to one account. Amounts in base units of the asset.</summary>
public readonly record struct PoolChange
{
    /// <summary>What was done.</summary>
    public required LendingOperation Operation { get; init; }

    /// <summary>The pool's number.</summary>
    public required uint Pool { get; init; }

    /// <summary>The asset; 0 for e-modes.</summary>
    public required uint Asset { get; init; }

    /// <summary>What moved: never more than was asked for.</summary>
    public required UInt128 Amount { get; init; }

    /// <summary>The account's supply of the asset afterwards, with interest.</summary>
    public required UInt128 Supply { get; init; }

    /// <summary>The account's debt in the asset afterwards, with interest.</summary>
    public required UInt128 Debt { get; init; }

    /// <summary>What the account then has available of the asset in the ledger.</summary>
    public required UInt128 Available { get; init; }
}
