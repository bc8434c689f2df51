namespace DarkPool.Engine.Lending;

/// <summary>What an account asks of a pool or an isolated market. The numbers are those of the sealed commands; append-only.</summary>
public enum LendingOperation : ushort
{
    /// <summary>Nothing: a hypothetical price alone.</summary>
    None = 0,

    /// <summary>Pool: available money becomes supply, one's own or another account's.</summary>
    PoolSupply = 32,

    /// <summary>Pool: supply becomes available money.</summary>
    PoolWithdraw = 33,

    /// <summary>Pool: takes a loan against one's collateral.</summary>
    PoolBorrow = 34,

    /// <summary>Pool: pays debt back, one's own or another account's.</summary>
    PoolRepay = 35,

    /// <summary>Pool: pays one's own debt back out of one's own supply of the same asset.</summary>
    PoolRepayWithSupply = 36,

    /// <summary>Pool: moves supply to another account.</summary>
    PoolTransfer = 37,

    /// <summary>Pool: says whether one's supply of an asset is collateral.</summary>
    PoolUseAsCollateral = 38,

    /// <summary>Pool: enters an e-mode, or leaves it.</summary>
    PoolSetEMode = 39,

    /// <summary>Pool: burns own supply against a reserve's deficit.</summary>
    PoolCoverDeficit = 40,

    /// <summary>Pool: mints what the treasury has earned.</summary>
    PoolMintToTreasury = 41,

    /// <summary>Isolated market: supplies the loan asset.</summary>
    IsolatedSupply = 48,

    /// <summary>Isolated market: takes supply back.</summary>
    IsolatedWithdraw = 49,

    /// <summary>Isolated market: adds collateral.</summary>
    IsolatedSupplyCollateral = 50,

    /// <summary>Isolated market: takes collateral back.</summary>
    IsolatedWithdrawCollateral = 51,

    /// <summary>Isolated market: takes a loan against one's collateral.</summary>
    IsolatedBorrow = 52,

    /// <summary>Isolated market: pays debt back.</summary>
    IsolatedRepay = 53,
}
