namespace DarkPool.Engine.Lending;

/// <summary>One operation on an isolated market. Nothing in it is trusted: the venue checks every field.</summary>
public readonly record struct IsolatedCommand
{
    /// <summary>What to do.</summary>
    public required LendingOperation Operation { get; init; }

    /// <summary>The isolated market's number.</summary>
    public required uint Market { get; init; }

    /// <summary>Base units of the loan asset, or of the collateral.</summary>
    public UInt128 Assets { get; init; }

    /// <summary>Or shares, of the supply or of the debt: exactly one of the two is above zero.</summary>
    public UInt128 Shares { get; init; }

    /// <summary>Whose supply, collateral or debt it is about; null: the account's own.</summary>
    public uint? Other { get; init; }
}
