namespace DarkPool.Engine.Lending.Aave;

/// <summary>One user's part in one reserve: scaled balances.</summary>
public struct PoolPosition
{
    /// <summary>Scaled supply.</summary>
    public UInt128 ScaledSupply { get; internal set; }

    /// <summary>Scaled debt.</summary>
    public UInt128 ScaledDebt { get; internal set; }
}

/// <summary>One user of the pool: which reserves are used how, as bit masks by reserve index.</summary>
public struct PoolUser
{
    /// <summary>Reserves whose supply is collateral.</summary>
    public UInt128 Collateral { get; internal set; }

    /// <summary>Reserves in which there is debt.</summary>
    public UInt128 Borrowing { get; internal set; }

    /// <summary>The e-mode, 0 for none.</summary>
    public byte EMode { get; internal set; }

    /// <summary>Whether the user owes anything.</summary>
    public readonly bool IsBorrowing => Borrowing != 0;

    /// <summary>Whether the supply in a reserve is collateral.</summary>
    public readonly bool Uses(int reserve) => ((Collateral >> reserve) & 1) != 0;

    /// <summary>Whether there is debt in a reserve.</summary>
    public readonly bool Owes(int reserve) => ((Borrowing >> reserve) & 1) != 0;

    /// <summary>Marks the supply in a reserve as collateral, or not.</summary>
    public void SetUses(int reserve, bool uses) => Collateral = Set(Collateral, reserve, uses);

    /// <summary>Marks that there is debt in a reserve, or not.</summary>
    public void SetOwes(int reserve, bool owes) => Borrowing = Set(Borrowing, reserve, owes);

    private static UInt128 Set(UInt128 mask, int bit, bool value) =>
        value ? mask | (UInt128.One << bit) : mask & ~(UInt128.One << bit);
}
