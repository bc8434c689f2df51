using DarkPool.Engine.Counterparties;
using DarkPool.Engine.Orders;
using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Snapshots;

/// <summary>
/// What a snapshot has of each account beside its balances: its rules, the order among its open orders, and its last ended ones.
/// </summary>
internal static class AccountSnapshot
{
    private const int LeastRules = 4 + 1 + 16 + 2 + 1 + 4;
    private const int LeastQueue = 4 + 4;
    private const int EndedSize = 8 + 8 + 8 + 4 + 1;

    public static void Write(SnapshotWriter writer, VenueState state)
    {
        WriteRules(writer, state.Counterparties);
        var accounts = Enumerable.Range(0, (int)state.Accounts.Count).Select(account => (uint)account).ToList();
        uint[] withOrders = [.. accounts.Where(account => state.Orders.CountOf(account) != 0)];
        writer.UInt32((uint)withOrders.Length);
        foreach (var account in withOrders) WriteOpen(writer, account, state.Orders);
        uint[] withEnded = [.. accounts.Where(account => state.Orders.Ended.CountOf(account) != 0)];
        writer.UInt32((uint)withEnded.Length);
        foreach (var account in withEnded) WriteEnded(writer, account, state.Orders.Ended);
    }

    /// <summary>Reads what was written, after all markets have put back their orders.</summary>
    public static void Read(ref SnapshotReader reader, VenueState state)
    {
        for (var left = reader.Count(LeastRules); left > 0; left--) ReadRules(ref reader, state);
        for (var left = reader.Count(LeastQueue); left > 0; left--) ReadOpen(ref reader, state);
        for (var left = reader.Count(LeastQueue); left > 0; left--) ReadEnded(ref reader, state);
    }

    private static void WriteRules(SnapshotWriter writer, CounterpartyRules counterparties)
    {
        var accounts = Enumerable.Range(0, (int)counterparties.Accounts).Where(account => counterparties.Of((uint)account) is not null);
        uint[] some = [.. accounts.Select(account => (uint)account)];
        writer.UInt32((uint)some.Length);
        foreach (var account in some)
        {
            var rules = counterparties.Of(account)!;
            writer.UInt32(account);
            writer.Byte((byte)rules.SelfTrade);
            writer.UInt128(rules.Group);
            writer.UInt32(rules.AcceptedTiers | ((uint)rules.Tier << 16));
            writer.UInt32((uint)rules.Denied.Count);
            foreach (var denied in rules.Denied) writer.Digest(denied);
        }
    }

    private static void ReadRules(ref SnapshotReader reader, VenueState state)
    {
        var (account, selfTrade, group, tiers) = (reader.UInt32(), (SelfTradePrevention)reader.Byte(), reader.UInt128(), reader.UInt32());
        var denied = new Digest[reader.Count(Digest.Size)];
        for (var place = 0; place < denied.Length; place++) denied[place] = reader.Digest();
        var known = account < state.Accounts.Count && state.Counterparties.Of(account) is null;
        SnapshotReader.Require(known && (tiers >> 16) < VenueLimits.Tiers, "rules are nobody's, or there twice");
        state.Counterparties.Change(account, rules =>
        {
            (rules.SelfTrade, rules.Group) = (selfTrade, group);
            (rules.AcceptedTiers, rules.Tier) = ((ushort)tiers, (byte)(tiers >> 16));
            rules.Denied.AddRange(denied);
        });
    }

    private static void WriteOpen(SnapshotWriter writer, uint account, OpenOrders orders)
    {
        writer.UInt32(account);
        writer.UInt32(orders.CountOf(account));
        for (var slot = orders.OldestOf(account); slot != 0; slot = orders.Details[slot].Younger) writer.UInt64(orders.Order(slot).Id);
    }

    private static void ReadOpen(ref SnapshotReader reader, VenueState state)
    {
        var account = reader.UInt32();
        var slots = new uint[reader.Count(sizeof(ulong))];
        for (var place = 0; place < slots.Length; place++)
        {
            var id = reader.UInt64();
            slots[place] = state.Orders.Find(account, id, state.Orders.HashOf(account, id));
        }

        SnapshotReader.Require(state.Orders.TryArrange(account, slots), "the order among an account's orders is not of those it has");
    }

    private static void WriteEnded(SnapshotWriter writer, uint account, EndedOrders ended)
    {
        writer.UInt32(account);
        writer.UInt32(ended.CountOf(account));
        for (var at = ended.FirstOf(account); at != 0; at = ended.LaterOf(at))
        {
            ref readonly var record = ref ended[at];
            writer.UInt64(record.Id);
            writer.UInt64(record.Fingerprint);
            writer.UInt64(record.Block);
            writer.UInt32(record.Entry);
            writer.Byte((byte)record.End);
        }
    }

    private static void ReadEnded(ref SnapshotReader reader, VenueState state)
    {
        var account = reader.UInt32();
        var count = reader.Count(EndedSize);
        var known = account < state.Accounts.Count && state.Orders.Ended.CountOf(account) == 0;
        SnapshotReader.Require(known && count <= VenueLimits.MaxEndedOrdersPerAccount, "ended orders are nobody's, or too many");
        var (block, entry) = (state.Orders.Block, state.Orders.Entry);
        for (; count > 0; count--)
        {
            var (id, fingerprint) = (reader.UInt64(), reader.UInt64());
            (state.Orders.Block, state.Orders.Entry) = (reader.UInt64(), reader.UInt32());
            var hash = state.Orders.HashOf(account, id);
            SnapshotReader.Require(state.Orders.Locate(account, id, hash) == 0, "an ended order is there twice");
            state.Orders.AddEnded(account, id, hash, fingerprint, (OrderEnd)reader.Byte());
        }

        (state.Orders.Block, state.Orders.Entry) = (block, entry);
    }
}
