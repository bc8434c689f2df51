using System.Buffers.Binary;
using DarkPool.Engine.Journals;
using DarkPool.Engine.Lending.Liquidation;

namespace DarkPool.Engine.Lending;

/// <content>What governance decides about liquidation.</content>
internal sealed partial class LendingDesk
{
    /// <summary>Lists a liquidation market, or gives one another target and ramp; its pair, lot and tick stay.</summary>
    public GovernanceResult Configure(ulong sequence, LiquidationListing listing)
    {
        if (FindPool(listing.Pool) is not { } pool) return GovernanceResult.UnknownPool;
        var (collateral, debt) = (pool.ReserveOf(listing.Collateral), pool.ReserveOf(listing.Debt));
        if (collateral < 0 || debt < 0) return GovernanceResult.UnknownPool;
        var terms = new LiquidationTerms
        {
            Number = listing.Market, Collateral = collateral, Debt = debt, LotSize = listing.LotSize, TickValue = listing.TickValue,
            TargetHealth = listing.TargetHealth, RampSeconds = listing.RampSeconds, FullBonusHealth = listing.FullBonusHealth,
        };
        if (!TryList(pool, terms)) return GovernanceResult.InvalidTerms;
        Span<byte> more = stackalloc byte[(2 * 16) + (4 * 4)];
        BinaryPrimitives.WriteUInt128LittleEndian(more, terms.LotSize);
        BinaryPrimitives.WriteUInt128LittleEndian(more[16..], terms.TickValue);
        BinaryPrimitives.WriteUInt32LittleEndian(more[32..], terms.TargetHealth);
        BinaryPrimitives.WriteUInt32LittleEndian(more[36..], terms.RampSeconds);
        BinaryPrimitives.WriteUInt32LittleEndian(more[40..], terms.FullBonusHealth);
        state.Journal.Write(
            JournalKind.LiquidationConfigured, pool.Terms.Number, terms.Number, sequence, listing.Collateral, listing.Debt, more);
        return GovernanceResult.Applied;
    }

    /// <summary>Registers an account as a backstop of a liquidation market, behind those before, or takes it out.</summary>
    public GovernanceResult SetBackstop(ulong sequence, uint poolNumber, uint marketNumber, in Digest key, bool isRegistered)
    {
        if (FindLiquidation(poolNumber, marketNumber, out _) is not { } market) return GovernanceResult.UnknownPool;
        Span<byte> bytes = stackalloc byte[Digest.Size];
        key.CopyTo(bytes);
        var isKnown = state.Accounts.TryFind(bytes, out var account);
        if (!isKnown || !market.SetBackstop(account, isRegistered)) return GovernanceResult.InvalidTerms;
        state.Journal.Write(JournalKind.BackstopSet, isRegistered ? (byte)1 : (byte)0, poolNumber, account, sequence, marketNumber, 0);
        return GovernanceResult.Applied;
    }

    /// <summary>Lists a market of a pool, whose liquidator begins with the first one; false if the terms are not sound.</summary>
    internal static bool TryList(ListedPool pool, LiquidationTerms terms)
    {
        var liquidator = pool.Liquidator ?? new DarkLiquidator(pool.Pool, pool.Members.Count);
        if (!liquidator.TryList(terms)) return false;
        pool.Liquidator = liquidator;
        return true;
    }
}
