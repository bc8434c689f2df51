using DarkPool.Engine.Lending;
using DarkPool.Engine.Trading;
using static DarkPool.Engine.Tests.Lending.Venues.LendingVenue;

namespace DarkPool.Engine.Tests.Lending.Venues;

/// <summary>
/// One step of a random history: an operation on the pool or the isolated market, an order, prices, or time that passes, from seconds to
/// years. One amount in ten is zero, one wei, all or beyond all bounds.
/// </summary>
internal readonly record struct LendingStep(
    int Kind, uint Account, uint Other, LendingOperation Operation, uint Asset, UInt128 Amount, uint Argument, long Seconds, long Price)
{
    private static readonly LendingOperation[] Pools =
    [
        LendingOperation.PoolSupply, LendingOperation.PoolSupply, LendingOperation.PoolWithdraw, LendingOperation.PoolBorrow,
        LendingOperation.PoolBorrow, LendingOperation.PoolRepay, LendingOperation.PoolRepayWithSupply, LendingOperation.PoolTransfer,
        LendingOperation.PoolUseAsCollateral, LendingOperation.PoolSetEMode, LendingOperation.PoolMintToTreasury,
        LendingOperation.PoolCoverDeficit,
    ];

    private static readonly LendingOperation[] Markets =
    [
        LendingOperation.IsolatedSupply, LendingOperation.IsolatedWithdraw, LendingOperation.IsolatedSupplyCollateral,
        LendingOperation.IsolatedWithdrawCollateral, LendingOperation.IsolatedBorrow, LendingOperation.IsolatedRepay,
    ];

    public static LendingStep[] Many(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Any(random))];
    }

    /// <summary>Does it, and returns what the venue answered.</summary>
    public RejectionCode Do(LendingVenue venue)
    {
        switch (Kind)
        {
            case 0:
                venue.Next(Seconds);
                return RejectionCode.None;
            case 1:
                venue.Prices(Price, 1, Price * 20);
                return RejectionCode.None;
            case 2:
                return venue.Order(Account, Argument == 0 ? Side.Buy : Side.Sell, 200_000, 1 + (ulong)(Amount % 2000), (ulong)Seconds);
            case 3:
                return venue.DoIsolated(Account, Operation, Amount, other: Other == Account ? null : Other);
            default:
                return venue.Do(Account, Operation, Asset, Amount, Other == Account ? null : Other, Argument);
        }
    }

    private static LendingStep Any(Random random)
    {
        var kind = random.Next(20) switch { 0 => 0, 1 or 2 => 1, 3 or 4 => 2, < 9 => 3, _ => 4 };
        var operation = kind == 3 ? Markets[random.Next(Markets.Length)] : Pools[random.Next(Pools.Length)];
        var asset = (uint)random.Next(1, 4);
        if (operation is LendingOperation.IsolatedSupplyCollateral or LendingOperation.IsolatedWithdrawCollateral) asset = Weth;
        else if (kind == 3) asset = Usdc;
        var account = (uint)random.Next((int)Accounts);
        var other = random.Next(4) == 0 ? (uint)random.Next((int)Accounts) : account;
        var seconds = random.Next(10) == 0 ? random.NextInt64(40_000_000) : random.Next(3000);
        return new LendingStep(
            kind, account, other, operation, asset, AmountOf(random, asset), (uint)random.Next(2), seconds, random.Next(1500, 2500));
    }

    private static UInt128 AmountOf(Random random, uint asset) => random.Next(20) switch
    {
        0 => random.Next(2) == 0 ? 0 : UInt128.MaxValue,
        1 => (UInt128)random.Next(1, 3),
        _ => ((UInt128)random.Next(1, 1000) * UnitOf(asset)) + (UInt128)random.Next(97),
    };

    private static UInt128 UnitOf(uint asset) => asset switch { Weth => Ether / 40, Usdc => 100 * Dollar, _ => Bitcoin / 400 };
}
