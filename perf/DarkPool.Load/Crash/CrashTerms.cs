using DarkPool.Engine.Lending.Aave;
using DarkPool.Engine.Lending.Liquidation;

namespace DarkPool.Load.Crash;

/// <summary>What is assumed about the market in which positions are liquidated: the same for both rules.</summary>
internal sealed record CrashTerms
{
    public const int Ether = 0;
    public const int Bitcoin = 1;
    public const int Dollar = 2;

    /// <summary>Blocks in which liquidations are tried, in each hour: half of them at its low, half at its close.</summary>
    public const int BlocksPerHour = 6;

    /// <summary>Buyers by the discount from the oracle's price that they want: 0.25 % to 8 %, in steps of 0.25 %, equal in
    /// size.</summary>
    public const int Buyers = 32;

    public const uint DiscountStep = 25;

    /// <summary>Borrowers.</summary>
    public int Positions { get; init; } = 10_000;

    /// <summary>What all buyers together can pay in an hour for one collateral, as a share of its value in the first hour, basis
    /// points.</summary>
    public uint DepthPerHour { get; init; } = 400;

    /// <summary>Health that a dark sale restores, basis points.</summary>
    public uint TargetHealth { get; init; } = 12_000;

    /// <summary>Seconds in which the bonus grows to the profile's.</summary>
    public uint RampSeconds { get; init; } = 1_200;

    public int Seed { get; init; } = 1;

    /// <summary>The reserves: thresholds and bonuses of Aave v3 on Ethereum.</summary>
    public static ReserveParameters[] Reserves() =>
    [
        Reserve(18, 8_050, 8_300, 10_500, new InterestRateCurve(8_000, 0, 330, 8_000)),
        Reserve(8, 7_300, 7_800, 10_500, new InterestRateCurve(4_500, 0, 400, 30_000)),
        Reserve(6, 7_500, 7_800, 10_450, new InterestRateCurve(9_000, 0, 550, 4_000)),
    ];

    /// <summary>The two liquidation markets: ether and bitcoin for dollars.</summary>
    public IEnumerable<LiquidationTerms> Markets() =>
    [
        Market(Ether, 1_000_000_000_000_000, 10),
        Market(Bitcoin, 10_000, 100),
    ];

    private static ReserveParameters Reserve(byte decimals, uint ltv, uint threshold, uint bonus, InterestRateCurve curve) => new()
    {
        Decimals = decimals,
        LoanToValue = ltv,
        LiquidationThreshold = threshold,
        LiquidationBonus = bonus,
        ReserveFactor = 1_500,
        LiquidationProtocolFee = 1_000,
        Curve = curve,
        BorrowingEnabled = true,
    };

    private LiquidationTerms Market(int collateral, UInt128 lot, UInt128 tick) => new()
    {
        Number = (uint)collateral,
        Collateral = collateral,
        Debt = Dollar,
        LotSize = lot,
        TickValue = tick,
        TargetHealth = TargetHealth,
        RampSeconds = RampSeconds,
        FullBonusHealth = 9_500,
    };
}
