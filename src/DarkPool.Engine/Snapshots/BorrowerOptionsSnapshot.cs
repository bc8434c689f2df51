using DarkPool.Engine.Lending;
using DarkPool.Engine.Lending.Liquidation;

namespace DarkPool.Engine.Snapshots;

/// <summary>
/// What borrowers' own options add to a snapshot: per pool who wants early relief, and the stops of each liquidation market, waiting and
/// triggered. A venue where nobody chose anything writes nothing.
/// </summary>
internal static class BorrowerOptionsSnapshot
{
    private const int OptionSize = 4 + (3 * 4);
    private const int StopSize = 4 + 16 + 8 + 4;

    private static ReadOnlySpan<byte> Name => "OPT1"u8;

    public static void Write(SnapshotWriter writer, LendingDesk desk)
    {
        ListedPool[] pools = [.. desk.Pools.Where(pool => pool.Liquidator is { } liquidator && HasAny(liquidator))];
        if (pools.Length == 0) return;
        writer.Bytes(Name);
        writer.UInt32((uint)pools.Length);
        foreach (var pool in pools)
        {
            writer.UInt32(pool.Terms.Number);
            writer.UInt32((uint)pool.Liquidator!.Options.Count);
            foreach (var (user, option) in pool.Liquidator.Options)
            {
                writer.UInt32(user);
                writer.UInt32(option.Health);
                writer.UInt32(option.MaxBonus);
                writer.UInt32(option.Target);
            }

            foreach (var market in pool.Liquidator.Markets)
            {
                Write(writer, market.Stops.Waiting);
                Write(writer, market.Stops.Triggered);
            }
        }
    }

    public static void Read(ref SnapshotReader reader, LendingDesk desk)
    {
        if (!reader.TryName(Name)) return;
        for (var left = reader.Count(4 + 4); left > 0; left--)
        {
            var pool = desk.FindPool(reader.UInt32());
            var isFirst = pool?.Liquidator is { } known && !HasAny(known);
            SnapshotReader.Require(isFirst, "options are of a pool that is not liquidated, or there twice");
            ReadOptions(ref reader, pool!);
            foreach (var market in pool!.Liquidator!.Markets)
            {
                ReadStops(ref reader, pool, market, triggered: false);
                ReadStops(ref reader, pool, market, triggered: true);
            }
        }
    }

    private static bool HasAny(DarkLiquidator liquidator) =>
        liquidator.Options.Count != 0 || liquidator.Markets.Any(market => market.Stops.Count != 0);

    private static void Write(SnapshotWriter writer, IReadOnlyList<StopOrder> stops)
    {
        writer.UInt32((uint)stops.Count);
        foreach (var stop in stops)
        {
            writer.UInt32(stop.User);
            writer.UInt128(stop.Price);
            writer.UInt64(stop.Lots);
            writer.UInt32(stop.MaxDiscount);
        }
    }

    private static void ReadOptions(ref SnapshotReader reader, ListedPool pool)
    {
        for (var left = reader.Count(OptionSize); left > 0; left--)
        {
            var user = reader.UInt32();
            var (health, bonus, target) = (reader.UInt32(), reader.UInt32(), reader.UInt32());
            var fits = Math.Max(Math.Max(health, bonus), target) <= ushort.MaxValue;
            var option = new PreLiquidationOption((ushort)health, (ushort)bonus, (ushort)target);
            var isSound = fits && option.IsSound && user < pool.Members.Count && !pool.Liquidator!.Options.ContainsKey(user);
            SnapshotReader.Require(isSound, "an option is one that nobody can have chosen");
            pool.Liquidator!.SetOption(user, option);
        }
    }

    private static void ReadStops(ref SnapshotReader reader, ListedPool pool, LiquidationMarket market, bool triggered)
    {
        for (var left = reader.Count(StopSize); left > 0; left--)
        {
            var (user, price, lots, discount) = (reader.UInt32(), reader.UInt128(), reader.UInt64(), reader.UInt32());
            var isSound = user < pool.Members.Count && price != 0 && lots != 0 && discount <= PreLiquidationOption.HighestBonus
                && market.Stops.Count < StopOrders.MaxStops && !market.Stops.TryGet(user, out _);
            SnapshotReader.Require(isSound, "a stop is one that nobody can have set");
            var stop = new StopOrder(user, price, lots, (ushort)discount);
            if (triggered) market.Stops.RestoreTriggered(stop);
            else market.Stops.Add(stop);
        }
    }
}
