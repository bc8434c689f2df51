using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending.Aave;

namespace DarkPool.Engine.Tests.Lending.Liquidation;

/// <summary>
/// A pool of four assets (18, 6, 8 and 0 decimals) with an e-mode, and what random draws do to it: all operations of users, price moves
/// from a hair to a crash, time from a second to years.
/// </summary>
internal sealed class PoolHistory
{
    public const uint Users = 12;
    public const uint Lender = Users;
    public const uint Treasury = Users + 1;

    private static readonly ulong[] Prices = [2_000_00000000, 1_00000000, 30_000_00000000, 7_00000000];
    private static readonly byte[] Decimals = [18, 6, 8, 0];

    public PoolHistory()
    {
        var parameters = Decimals.Select((decimals, i) => new ReserveParameters
        {
            Decimals = decimals,
            LoanToValue = 7_500,
            LiquidationThreshold = 8_000 + ((uint)i * 100),
            LiquidationBonus = 10_500,
            ReserveFactor = 1_000,
            LiquidationProtocolFee = 1_000,
            Curve = new InterestRateCurve(8_000, 100, 400, 10_000),
            BorrowingEnabled = true,
        }).ToArray();
        Pool = new LendingPool(PoolProfile.V37, Treasury, parameters, 1_000_000);
        Pool.DefineEMode(1, new EMode(9_000, 9_300, 10_100, 0b0101, 0b1111, 0));
        for (var i = 0; i < Prices.Length; i++)
        {
            Pool.SetPrice(i, Prices[i]);
            Pool.Supply(Lender, i, Tokens(i, 1_000_000));
        }
    }

    public LendingPool Pool { get; }

    public ulong Now { get; private set; } = 1_000_000;

    /// <summary>What the last step touched.</summary>
    public PoolStepEffect Effect { get; private set; }

    public uint User { get; private set; }

    public int Reserve { get; private set; }

    /// <summary>One step.</summary>
    public PoolError Apply((byte Kind, byte User, byte Reserve, ushort Size) draw)
    {
        (User, Reserve) = (draw.User % Users, draw.Reserve % Prices.Length);
        Effect = PoolStepEffect.User;
        var amount = Amount(draw.Size);
        switch (draw.Kind % 16)
        {
            case <= 2:
                return Pool.Supply(User, Reserve, amount);
            case <= 6:
                return Pool.Borrow(User, Reserve, BorrowAmount(draw.Size));
            case 7:
                return Pool.Withdraw(User, Reserve, (draw.Size & 3) == 0 ? UInt256.MaxValue : amount);
            case 8:
                return Pool.Repay(Lender, User, Reserve, amount);
            case 9:
                return Pool.SetEMode(User, (byte)(draw.Size & 1));
            case 10:
                return Pool.UseAsCollateral(User, Reserve, (draw.Size & 1) != 0);
            case <= 13:
                Effect = PoolStepEffect.Price;
                Pool.SetPrice(Reserve, MovedPrice(draw.Size));
                return PoolError.None;
            default:
                Effect = PoolStepEffect.Time;
                Now += 1UL << (draw.Size % 27);
                Pool.AdvanceTo(Now);
                return PoolError.None;
        }
    }

    private static UInt256 Tokens(int reserve, ulong tokens)
    {
        UInt256 amount = tokens;
        for (var i = 0; i < Decimals[reserve]; i++) amount *= 10UL;
        return amount;
    }

    // From one base unit to a hundred thousand dollars.
    private UInt256 Amount(ushort size) =>
        size % 8 == 0 ? 1UL + ((ulong)size >> 12) : (Tokens(Reserve, (1UL + size) * 100_000_000) / Prices[Reserve]) + UInt256.One;

    // Up to the last unit that the position allows.
    private UInt256 BorrowAmount(ushort size)
    {
        if (size % 4 != 0) return Amount(size);
        var capacity = Pool.Account(User).AvailableBorrows * Pool.ReserveAt(Reserve).Unit / Pool.ReserveAt(Reserve).Price;
        return size % 8 == 0 ? capacity : capacity / 2UL;
    }

    private UInt128 MovedPrice(ushort size)
    {
        var price = Pool.ReserveAt(Reserve).Price;
        var moved = (size & 7) switch
        {
            0 => price + 1,
            1 => price - 1,
            2 => price + (price / 1_000),
            3 => price - (price / 1_000),
            4 => price - (price * (UInt128)((size >> 3) % 100) / 200),
            5 => price + (price * (UInt128)((size >> 3) % 100) / 100),
            6 => price - (price / 20),
            _ => Prices[Reserve],
        };
        return moved < 2 ? 2 : moved;
    }
}

internal enum PoolStepEffect
{
    User,
    Price,
    Time,
}
