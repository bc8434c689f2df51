using DarkPool.Engine.Lending;
using DarkPool.Engine.Lending.Aave;
using DarkPool.Engine.Markets;

namespace DarkPool.Engine.Snapshots;

/// <summary>
/// A pool's part of a snapshot: terms, reserves, e-modes, then each user in the order in which they first took part. What is read is added
/// up again and must be what the reserves and the ledger say.
/// </summary>
internal static class PoolSnapshot
{
    /// <summary>A pool without reserves and with its treasury as the only user.</summary>
    public const int LeastBytes = 4 + 1 + Digest.Size + 4 + 4 + 4 + UserSize;

    private const int ReserveSize = 4 + 4 + 1 + ParametersBytes.Size + (10 * 16) + 8;
    private const int EModeSize = 1 + (3 * 4) + (3 * 16);
    private const int UserSize = 4 + 16 + 16 + 1 + 4;
    private const int PositionSize = 1 + 16 + 16;

    public static void Write(SnapshotWriter writer, ListedPool listed)
    {
        var pool = listed.Pool;
        writer.UInt32(listed.Terms.Number);
        writer.Byte((byte)listed.Terms.Version);
        writer.Digest(listed.Terms.Treasury);
        writer.UInt32((uint)listed.Reserves.Length);
        for (var index = 0; index < listed.Reserves.Length; index++)
        {
            writer.UInt32(listed.Reserves[index].Asset);
            writer.UInt32(listed.Reserves[index].Feed);
            writer.Byte(listed.Reserves[index].IsPriced ? (byte)1 : (byte)0);
            WriteReserve(writer, pool.ReserveAt(index));
        }

        WriteEModes(writer, pool);
        writer.UInt32(listed.Members.Count);
        for (uint user = 0; user < listed.Members.Count; user++) WriteUser(writer, listed, user);
    }

    public static ListedPool Read(
        ref SnapshotReader reader, VenueState state, SortedDictionary<uint, PriceFeed> feeds, AssetTerms?[] assets, LendingDesk desk)
    {
        var terms = new PoolTerms(reader.UInt32(), (PoolVersion)reader.Byte(), reader.Digest());
        var listed = desk.TryAccountsOf(terms, out var account, out var treasury) && ListedPool.Knows(terms.Version);
        SnapshotReader.Require(listed && desk.FindPool(terms.Number) is null, "it lists a pool that cannot be listed");
        var pool = new ListedPool(terms, account, treasury, LendingDesk.SecondsOf(state.Time));
        for (var left = reader.Count(ReserveSize); left > 0; left--)
        {
            var (asset, feed, isPriced) = (reader.UInt32(), reader.UInt32(), reader.Byte() != 0);
            var reserve = ReadReserve(ref reader);
            var sound = asset < VenueLimits.MaxAssets && assets[asset] is not null && pool.ReserveOf(asset) < 0
                && pool.Reserves.Length < LendingPool.MaxReserves
                && feeds.TryGetValue(feed, out var known) && known.Terms?.Decimals <= LendingLimits.BaseDecimals
                && ReserveRules.IsSound(reserve.Parameters)
                && reserve.LiquidityIndex >= (UInt128)WadRay.Ray && reserve.DebtIndex >= (UInt128)WadRay.Ray
                && reserve.LastUpdate <= pool.Pool.Now;
            SnapshotReader.Require(sound, "it lists a reserve that cannot be listed");
            var index = pool.Add(new ReserveTerms(terms.Number, asset, feed, reserve.Parameters), state.Ledger.Find(account, asset));
            pool.Reserves[index].IsPriced = isPriced;
            pool.Pool.Load(index, reserve);
        }

        ReadEModes(ref reader, pool.Pool);
        ReadUsers(ref reader, pool, state);
        return pool;
    }

    private static void WriteReserve(SnapshotWriter writer, in Reserve reserve)
    {
        Span<byte> parameters = stackalloc byte[ParametersBytes.Size];
        ParametersBytes.Write(parameters, reserve.Parameters);
        writer.Bytes(parameters);
        writer.UInt128(reserve.Price);
        writer.UInt128(reserve.LiquidityIndex);
        writer.UInt128(reserve.DebtIndex);
        writer.UInt128(reserve.LiquidityRate);
        writer.UInt128(reserve.DebtRate);
        writer.UInt128(reserve.AccruedToTreasury);
        writer.UInt128(reserve.VirtualBalance);
        writer.UInt128(reserve.Deficit);
        writer.UInt128(reserve.ScaledSupply);
        writer.UInt128(reserve.ScaledDebt);
        writer.UInt64(reserve.LastUpdate);
    }

    private static Reserve ReadReserve(ref SnapshotReader reader) => new()
    {
        Parameters = ParametersBytes.Read(reader.Bytes(ParametersBytes.Size)),
        Price = reader.UInt128(),
        LiquidityIndex = reader.UInt128(),
        DebtIndex = reader.UInt128(),
        LiquidityRate = reader.UInt128(),
        DebtRate = reader.UInt128(),
        AccruedToTreasury = reader.UInt128(),
        VirtualBalance = reader.UInt128(),
        Deficit = reader.UInt128(),
        ScaledSupply = reader.UInt128(),
        ScaledDebt = reader.UInt128(),
        LastUpdate = reader.UInt64(),
    };

    private static void WriteEModes(SnapshotWriter writer, LendingPool pool)
    {
        byte[] defined = [.. Enumerable.Range(1, byte.MaxValue).Select(number => (byte)number).Where(number => IsDefined(pool, number))];
        writer.UInt32((uint)defined.Length);
        foreach (var number in defined)
        {
            ref readonly var eMode = ref pool.EModeAt(number);
            writer.Byte(number);
            writer.UInt32(eMode.LoanToValue);
            writer.UInt32(eMode.LiquidationThreshold);
            writer.UInt32(eMode.LiquidationBonus);
            writer.UInt128(eMode.Collateral);
            writer.UInt128(eMode.Borrowable);
            writer.UInt128(eMode.LtvZero);
        }
    }

    private static void ReadEModes(ref SnapshotReader reader, LendingPool pool)
    {
        for (var left = reader.Count(EModeSize); left > 0; left--)
        {
            var number = reader.Byte();
            var eMode = new EMode(
                reader.UInt32(), reader.UInt32(), reader.UInt32(), reader.UInt128(), reader.UInt128(), reader.UInt128());
            var sound = number != 0 && !IsDefined(pool, number) && ReserveRules.IsSound(eMode, pool.ReserveCount);
            SnapshotReader.Require(sound, "it defines an e-mode that cannot be defined");
            pool.DefineEMode(number, eMode);
        }
    }

    private static void WriteUser(SnapshotWriter writer, ListedPool listed, uint user)
    {
        var flags = listed.Pool.UserAt(user);
        writer.UInt32(listed.Members.AccountOf(user));
        writer.UInt128(flags.Collateral);
        writer.UInt128(flags.Borrowing);
        writer.Byte(flags.EMode);
        int[] held = [.. Enumerable.Range(0, listed.Reserves.Length).Where(reserve => IsHeld(listed.Pool.PositionAt(user, reserve)))];
        writer.UInt32((uint)held.Length);
        foreach (var reserve in held)
        {
            var position = listed.Pool.PositionAt(user, reserve);
            writer.Byte((byte)reserve);
            writer.UInt128(position.ScaledSupply);
            writer.UInt128(position.ScaledDebt);
        }
    }

    private static void ReadUsers(ref SnapshotReader reader, ListedPool listed, VenueState state)
    {
        var sums = new PoolSums(listed);
        var count = (uint)reader.Count(UserSize);
        for (uint user = 0; user < count; user++)
        {
            var account = reader.UInt32();
            var isNext = account < state.Accounts.Count && listed.Members.Admit(account) == user;
            SnapshotReader.Require(isNext, "a pool's user is nobody, or there twice");
            var flags = new PoolUser { Collateral = reader.UInt128(), Borrowing = reader.UInt128(), EMode = reader.Byte() };
            for (var left = reader.Count(PositionSize); left > 0; left--)
            {
                var reserve = reader.Byte();
                var position = new PoolPosition { ScaledSupply = reader.UInt128(), ScaledDebt = reader.UInt128() };
                var isNew = reserve < listed.Reserves.Length && IsHeld(position) && !IsHeld(listed.Pool.PositionAt(user, reserve));
                SnapshotReader.Require(isNew && sums.TryAdd(reserve, position), "a position cannot be held");
                listed.Pool.Load(user, reserve, position);
            }

            SnapshotReader.Require(sums.Agree(user, flags), "a user's flags are not those of its positions");
            listed.Pool.Load(user, flags);
        }

        SnapshotReader.Require(sums.Agree(state.Ledger), "a reserve's totals are not the sums of its positions, or not in the ledger");
    }

    private static bool IsDefined(LendingPool pool, byte number) => pool.EModeAt(number).LiquidationThreshold != 0;

    private static bool IsHeld(in PoolPosition position) => (position.ScaledSupply | position.ScaledDebt) != 0;
}
