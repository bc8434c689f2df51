using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Entries;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Lending;

namespace DarkPool.Enclave.Tests.Fixtures;

/// <summary>
/// A lending pool of both assets of a <see cref="TestVenue"/>: base (18 decimals, collateral) and quote (6 decimals), one source for both
/// feeds, prices in cents.
/// </summary>
internal static class LendingListings
{
    public const uint Pool = 1;
    public const byte Source = 90;

    public static (EntryKind, byte[])[] Of(TestVenue venue)
    {
        var treasury = TestGenesis.PublicKeyOf(TestGenesis.SeededKey(91));
        var source = TestGenesis.PublicKeyOf(TestGenesis.SeededKey(Source));
        return
        [
            Feed(venue, TestVenue.BaseAsset), Feed(venue, TestVenue.QuoteAsset),
            venue.Governance(GovernanceType.SetPriceSource, new SetPriceSource(TestVenue.BaseAsset, true, source).ToBytes()),
            venue.Governance(GovernanceType.SetPriceSource, new SetPriceSource(TestVenue.QuoteAsset, true, source).ToBytes()),
            venue.Governance(GovernanceType.ListPool, new ListPool(Pool, PoolVersion.AaveV37, treasury).ToBytes()),
            Reserve(venue, TestVenue.BaseAsset, 18, 8000, 8300, 10_500),
            Reserve(venue, TestVenue.QuoteAsset, 6, 7500, 7800, 10_450),
        ];
    }

    /// <summary>A signed price, in cents.</summary>
    public static (EntryKind, byte[]) Price(uint feed, ulong round, long time, long cents)
    {
        using var key = TestGenesis.SeededKey(Source);
        var price = new SignedPrice(feed, round, time, cents, TestGenesis.PublicKeyOf(key));
        return (EntryKind.Price, price.Sign(key, TestGenesis.Genesis.VenueId));
    }

    public static byte[] Lend(
        this TestClient client, CommandType type, uint asset, UInt128 amount, uint argument = 0, AccountKey? other = null)
    {
        var body = new byte[PoolOperation.Size];
        new PoolOperation(Pool, asset, amount, argument, other?.Key ?? default).Write(body);
        return client.Seal(type, body);
    }

    public static byte[] QueryPool(this TestClient client) => client.Seal(CommandType.QueryPool, BitConverter.GetBytes(Pool));

    public static byte[] WhatIfPrice(this TestClient client, uint asset, UInt128 price)
    {
        var body = new byte[PoolWhatIf.Size];
        new PoolWhatIf(CommandType.Cover, price, new PoolOperation(Pool, asset, 0, 0, default)).Write(body);
        return client.Seal(CommandType.PoolWhatIf, body);
    }

    private static (EntryKind, byte[]) Feed(TestVenue venue, uint feed) => venue.Governance(
        GovernanceType.ConfigureFeed, new ConfigureFeed(feed, 2, 1, false, false, 0, 500, 3_600_000_000, 1, 1_000_000_000).ToBytes());

    private static (EntryKind, byte[]) Reserve(
        TestVenue venue, uint asset, byte decimals, uint loanToValue, uint threshold, uint bonus)
    {
        var parameters = new ReserveParameters(loanToValue, threshold, bonus, 1000, 1000, true, 0, 0, 8000, 0, 400, 7500);
        return venue.Governance(GovernanceType.ListReserve, new ListReserve(Pool, asset, asset, decimals, parameters).ToBytes());
    }
}
