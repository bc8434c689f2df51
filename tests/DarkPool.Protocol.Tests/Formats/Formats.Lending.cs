using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Lending;
using DarkPool.Protocol.Reports;

namespace DarkPool.Protocol.Tests.Formats;

/// <summary>Formats of loans.</summary>
internal static partial class Formats
{
    private static IEnumerable<Format> Lending() =>
        [.. LendingCommands(), .. LendingReports(), .. LendingGovernance(), Sheet(), .. Liquidation(), Liquidations()];

    private static Format Sheet()
    {
        using var enclave = Fixture.EnclaveSigning();
        var row = new ReserveRow(
            1, 2, 3, true, true, true, 4, 5, 6, 7, 8, 9, 10, 11, 12, new UInt128(13, 14),
            new ReserveParameters(1, 2, 3, 4, 5, true, 6, 7, 8, 9, 10, 11));
        var market = new IsolatedRow(1, true, 2, 3, 4, 5, 6, 7, 8, new UInt256(9, 10));
        return new Format(
            nameof(ReserveSheet), new ReserveSheet(1, -2, [row], [market]).Sign(enclave, Fixture.VenueId),
            bytes => ReserveSheet.TryVerify(bytes, PublicKey(Fixture.EnclaveSigning), Fixture.VenueId, out var read)
                ? Signed(Fixture.EnclaveSigning, key => read.Sign(key, Fixture.VenueId))
                : null);
    }

    private static Format Liquidations()
    {
        using var enclave = Fixture.EnclaveSigning();
        var row = new LiquidationRow(LoanKind.Isolated, 1, 2, 3, new UInt128(4, 5), 6, 7, Fixture.Filled(8));
        var sheet = new LiquidationSheet(1, -2, 3, [row, row with { Kind = LoanKind.Pool, Commitment = Fixture.Filled(9) }]);
        return new Format(
            nameof(LiquidationSheet), sheet.Sign(enclave, Fixture.VenueId),
            bytes => LiquidationSheet.TryVerify(bytes, PublicKey(Fixture.EnclaveSigning), Fixture.VenueId, out var read)
                ? Signed(Fixture.EnclaveSigning, key => read.Sign(key, Fixture.VenueId))
                : null);
    }

    private static IEnumerable<Format> LendingCommands()
    {
        var pool = new PoolOperation(1, 2, new UInt128(3, 4), 5, Fixture.Filled(6));
        var isolated = new IsolatedOperation(1, new UInt128(2, 3), new UInt128(4, 5), Fixture.Filled(6));
        yield return Fixed(pool, PoolOperation.Size, PoolOperation.TryRead, (in value, to) => value.Write(to));
        yield return Fixed(
            new PoolWhatIf(CommandType.PoolBorrow, new UInt128(7, 8), pool), PoolWhatIf.Size, PoolWhatIf.TryRead,
            (in value, to) => value.Write(to));
        yield return Fixed(isolated, IsolatedOperation.Size, IsolatedOperation.TryRead, (in value, to) => value.Write(to));
        yield return Fixed(
            new IsolatedWhatIf(CommandType.IsolatedBorrow, new UInt256(7, 8), isolated), IsolatedWhatIf.Size, IsolatedWhatIf.TryRead,
            (in value, to) => value.Write(to));
        yield return Fixed(
            new LendingQuery(0x01020304), LendingQuery.Size, LendingQuery.TryRead, (in value, to) => value.Write(to));
    }

    private static IEnumerable<Format> LendingReports()
    {
        yield return Fixed(
            new PoolChanged(1, 2, CommandType.PoolRepay, true, 3, new UInt128(4, 5), 6, 7),
            PoolChanged.Size, PoolChanged.TryRead, (in value, to) => value.Write(to));
        yield return Fixed(
            new PoolPosition(1, 2, true, true, RejectionCode.ReserveFrozen, 3, 4, 5, 6, 7, 8, new UInt128(9, 10), 11),
            PoolPosition.Size, PoolPosition.TryRead, (in value, to) => value.Write(to));
        yield return Fixed(
            new PoolHolding(1, 2, true, 3, 4, 5, 6, 7, new UInt128(8, 9)),
            PoolHolding.Size, PoolHolding.TryRead, (in value, to) => value.Write(to));
        yield return Fixed(
            new IsolatedChanged(1, CommandType.IsolatedRepay, true, 2, 3, new UInt128(4, 5)),
            IsolatedChanged.Size, IsolatedChanged.TryRead, (in value, to) => value.Write(to));
        yield return Fixed(
            new IsolatedPosition(
                1, RejectionCode.InsufficientCollateral, true, true, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, new UInt256(12, 13),
                new UInt256(14, 15)),
            IsolatedPosition.Size, IsolatedPosition.TryRead, (in value, to) => value.Write(to));
    }

    private static IEnumerable<Format> Liquidation()
    {
        yield return Fixed(
            new PlaceLiquidationBid(1, 2, 3, 4, 5, 6), PlaceLiquidationBid.Size, PlaceLiquidationBid.TryRead,
            (in value, to) => value.Write(to));
        yield return Fixed(
            new CancelLiquidationBid(1, 2, 3), CancelLiquidationBid.Size, CancelLiquidationBid.TryRead, (in value, to) => value.Write(to));
        yield return Fixed(
            new SetStop(1, 2, new UInt128(3, 4), 5, 6), SetStop.Size, SetStop.TryRead, (in value, to) => value.Write(to));
        yield return Fixed(
            new SetPreLiquidation(1, 2, 3, 4), SetPreLiquidation.Size, SetPreLiquidation.TryRead, (in value, to) => value.Write(to));
        yield return Fixed(
            new CollateralSold(1, 2, 3, 4, 5, 6, 7, 8, new UInt128(9, 10), 11, 12, 13, 14, 15, Fixture.Filled(16)),
            CollateralSold.Size, CollateralSold.TryRead, (in value, to) => value.Write(to));
        yield return Fixed(
            new CollateralBought(1, 2, 3, 4, 5, new UInt128(6, 7), 8, 9, 10),
            CollateralBought.Size, CollateralBought.TryRead, (in value, to) => value.Write(to));
        yield return Body(
            new ConfigureLiquidation(1, 2, 3, 4, new UInt128(5, 6), 7, 8, 9, 10), ConfigureLiquidation.TryRead,
            value => value.ToBytes());
        yield return Fixed(
            new PlaceIsolatedBid(1, 2, 3, 4, 5), PlaceIsolatedBid.Size, PlaceIsolatedBid.TryRead, (in value, to) => value.Write(to));
        yield return Fixed(
            new CancelIsolatedBid(1, 2), CancelIsolatedBid.Size, CancelIsolatedBid.TryRead, (in value, to) => value.Write(to));
        yield return Body(
            new ConfigureIsolatedLiquidation(1, new UInt128(2, 3), 4, 5, 6, 7), ConfigureIsolatedLiquidation.TryRead,
            value => value.ToBytes());
        yield return Body(
            new SetIsolatedBackstop(1, true, Fixture.Filled(2)), SetIsolatedBackstop.TryRead, value => value.ToBytes());
        yield return Body(new SetBackstop(1, 2, true, Fixture.Filled(3)), SetBackstop.TryRead, value => value.ToBytes());
    }

    private static IEnumerable<Format> LendingGovernance()
    {
        var parameters = new ReserveParameters(1, 2, 3, 4, 5, true, 6, 7, 8, 9, 10, 11);
        yield return Body(new ConfigureFeed(1, 2, 3, true, true, 4, 5, 6, 7, 8), ConfigureFeed.TryRead, value => value.ToBytes());
        yield return Body(new ListPool(1, PoolVersion.AaveV37, Fixture.Filled(2)), ListPool.TryRead, value => value.ToBytes());
        yield return Body(parameters, ReserveParameters.TryRead, value => value.ToBytes());
        yield return Body(new ListReserve(1, 2, 3, 4, parameters), ListReserve.TryRead, value => value.ToBytes());
        yield return Body(new ConfigureReserve(1, 2, parameters), ConfigureReserve.TryRead, value => value.ToBytes());
        yield return Body(new SetReserveState(1, 2, true, true, 3), SetReserveState.TryRead, value => value.ToBytes());
        yield return Body(new DefineEMode(1, 2, 3, 4, 5, new UInt128(6, 7), 8, 9), DefineEMode.TryRead, value => value.ToBytes());
        yield return Body(
            new ListIsolatedMarket(1, 2, 3, 4, 5, 6, 7, true, new UInt128(8, 9), Fixture.Filled(10)),
            ListIsolatedMarket.TryRead, value => value.ToBytes());
        yield return Body(new SetIsolatedFee(1, new UInt128(2, 3)), SetIsolatedFee.TryRead, value => value.ToBytes());
    }
}
