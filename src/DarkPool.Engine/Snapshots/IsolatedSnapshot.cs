using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending;
using DarkPool.Engine.Lending.Morpho;
using DarkPool.Engine.Markets;

namespace DarkPool.Engine.Snapshots;

/// <summary>
/// An isolated market's part of a snapshot: terms, totals, then each user in the order in which they first took part. What is read is
/// added up again and must be what the totals and the ledger say.
/// </summary>
internal static class IsolatedSnapshot
{
    /// <summary>A market with its fee recipient as the only user.</summary>
    public const int LeastBytes = IsolatedTermsBytes.Size + 1 + (8 * 16) + 8 + 4 + UserSize;

    private const int UserSize = 4 + (3 * 16);

    public static void Write(SnapshotWriter writer, ListedIsolatedMarket listed)
    {
        Span<byte> terms = stackalloc byte[IsolatedTermsBytes.Size];
        IsolatedTermsBytes.Write(terms, listed.Terms);
        writer.Bytes(terms);
        writer.Byte(listed.IsPriced ? (byte)1 : (byte)0);
        writer.UInt128(listed.Market.Price.Low);
        writer.UInt128(listed.Market.Price.High);
        var totals = listed.Market.State;
        writer.UInt128(totals.SupplyAssets);
        writer.UInt128(totals.SupplyShares);
        writer.UInt128(totals.BorrowAssets);
        writer.UInt128(totals.BorrowShares);
        writer.UInt128(totals.Fee);
        writer.UInt128(totals.RateAtTarget);
        writer.UInt64(totals.LastUpdate);
        writer.UInt32(listed.Members.Count);
        for (uint user = 0; user < listed.Members.Count; user++)
        {
            var holding = listed.Market.HoldingOf(user);
            writer.UInt32(listed.Members.AccountOf(user));
            writer.UInt128(holding.SupplyShares);
            writer.UInt128(holding.BorrowShares);
            writer.UInt128(holding.Collateral);
        }
    }

    public static ListedIsolatedMarket Read(ref SnapshotReader reader, VenueState state, AssetTerms?[] assets, LendingDesk desk)
    {
        var terms = IsolatedTermsBytes.Read(reader.Bytes(IsolatedTermsBytes.Size));
        var sound = desk.TryAccountsOf(terms, out var account, out var feeRecipient) && desk.FindMarket(terms.Number) is null
            && IsListed(assets, terms.LoanAsset) && IsListed(assets, terms.CollateralAsset) && desk.AreSound(terms);
        SnapshotReader.Require(sound, "it lists an isolated market that cannot be listed");
        var now = LendingDesk.SecondsOf(state.Time);
        var listed = new ListedIsolatedMarket(terms, account, feeRecipient, now)
        {
            LoanCell = state.Ledger.Find(account, terms.LoanAsset),
            CollateralCell = state.Ledger.Find(account, terms.CollateralAsset),
            IsPriced = reader.Byte() != 0,
        };
        var low = reader.UInt128();
        listed.Market.Price = new UInt256(reader.UInt128(), low);
        var totals = new IsolatedMarketState
        {
            SupplyAssets = reader.UInt128(),
            SupplyShares = reader.UInt128(),
            BorrowAssets = reader.UInt128(),
            BorrowShares = reader.UInt128(),
            Fee = reader.UInt128(),
            RateAtTarget = reader.UInt128(),
            LastUpdate = reader.UInt64(),
        };
        SnapshotReader.Require(totals.LastUpdate <= now, "an isolated market is ahead of its time");
        listed.Market.Load(totals);
        ReadUsers(ref reader, listed, state);
        return listed;
    }

    private static void ReadUsers(ref SnapshotReader reader, ListedIsolatedMarket listed, VenueState state)
    {
        var totals = listed.Market.State;
        var (supply, debt, collateral) = (UInt256.Zero, UInt256.Zero, UInt256.Zero);
        var count = (uint)reader.Count(UserSize);
        for (uint user = 0; user < count; user++)
        {
            var account = reader.UInt32();
            var isNext = account < state.Accounts.Count && listed.Members.Admit(account) == user;
            SnapshotReader.Require(isNext, "an isolated market's user is nobody, or there twice");
            var holding = new IsolatedHolding
            {
                SupplyShares = reader.UInt128(), BorrowShares = reader.UInt128(), Collateral = reader.UInt128(),
            };
            supply += holding.SupplyShares;
            debt += holding.BorrowShares;
            collateral += holding.Collateral;
            listed.Market.Load(user, holding);
        }

        var agrees = supply == totals.SupplyShares && debt == totals.BorrowShares
            && listed.LoanCell != 0 && listed.CollateralCell != 0
            && totals.BorrowAssets <= totals.SupplyAssets
            && state.Ledger[listed.LoanCell].Available >= totals.SupplyAssets - totals.BorrowAssets
            && state.Ledger[listed.CollateralCell].Available >= collateral;
        SnapshotReader.Require(agrees, "an isolated market's totals are not the sums of its users, or not in the ledger");
    }

    private static bool IsListed(AssetTerms?[] assets, uint asset) => asset < VenueLimits.MaxAssets && assets[asset] is not null;
}
