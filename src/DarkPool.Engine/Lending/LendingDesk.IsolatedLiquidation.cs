using System.Buffers.Binary;
using DarkPool.Engine.Journals;
using DarkPool.Engine.Lending.Liquidation;

namespace DarkPool.Engine.Lending;

/// <content>Liquidation of isolated markets: what governance decides, sealed bids, and selling at the start of a block and after each
/// price.</content>
internal sealed partial class LendingDesk
{
    /// <summary>Has an isolated market liquidated, or gives it another target and ramp; its lot and tick stay.</summary>
    public GovernanceResult Configure(ulong sequence, IsolatedLiquidationListing listing)
    {
        if (FindMarket(listing.Market) is not { } listed) return GovernanceResult.UnknownPool;
        var terms = TermsOf(listing);
        if (!TryLiquidate(listed, terms)) return GovernanceResult.InvalidTerms;
        Span<byte> more = stackalloc byte[(2 * 16) + (2 * 4)];
        BinaryPrimitives.WriteUInt128LittleEndian(more, terms.LotSize);
        BinaryPrimitives.WriteUInt128LittleEndian(more[16..], terms.TickValue);
        BinaryPrimitives.WriteUInt32LittleEndian(more[32..], terms.RampSeconds);
        BinaryPrimitives.WriteUInt32LittleEndian(more[36..], terms.FullBonusHealth);
        state.Journal.Write(
            JournalKind.IsolatedLiquidationConfigured, listing.Market, 0, sequence, terms.TargetHealth, 0, more);
        return GovernanceResult.Applied;
    }

    /// <summary>Registers an account as a backstop of an isolated market, behind those before, or takes it out.</summary>
    public GovernanceResult SetIsolatedBackstop(ulong sequence, uint market, in Digest key, bool isRegistered)
    {
        if (FindMarket(market)?.Liquidator is not { } liquidator) return GovernanceResult.UnknownPool;
        Span<byte> bytes = stackalloc byte[Digest.Size];
        key.CopyTo(bytes);
        var isKnown = state.Accounts.TryFind(bytes, out var account);
        if (!isKnown || !liquidator.Pair.SetBackstop(account, isRegistered)) return GovernanceResult.InvalidTerms;
        state.Journal.Write(
            JournalKind.IsolatedBackstopSet, isRegistered ? (byte)1 : (byte)0, market, account, sequence, 0, 0);
        return GovernanceResult.Applied;
    }

    /// <summary>Places a bid for collateral of an isolated market, or refuses it.</summary>
    public RejectionCode PlaceIsolated(uint account, in LiquidationBidOrder order)
    {
        if (FindMarket(order.Pool) is not { } listed) return RejectionCode.UnknownIsolatedMarket;
        if (listed.Liquidator is not { } liquidator) return RejectionCode.UnknownLiquidationMarket;
        var code = Place(account, liquidator.Pair, listed.Terms.LoanAsset, order);
        if (code == RejectionCode.None)
            WriteBid(JournalKind.IsolatedBidPlaced, order.Pool, liquidator.Pair, liquidator.Pair.Bids.All[^1]);
        return code;
    }

    /// <summary>Cancels a bid for collateral of an isolated market and releases what it holds.</summary>
    public RejectionCode CancelIsolatedBid(uint account, uint market, ulong id)
    {
        if (FindMarket(market) is not { } listed) return RejectionCode.UnknownIsolatedMarket;
        if (listed.Liquidator is not { } liquidator) return RejectionCode.UnknownLiquidationMarket;
        var code = Cancel(account, liquidator.Pair, listed.Terms.LoanAsset, id, out var bid);
        if (code == RejectionCode.None) WriteBid(JournalKind.IsolatedBidCancelled, market, liquidator.Pair, bid);
        return code;
    }

    /// <summary>Has a market liquidated on terms, or changes them; false if they are not sound, or lot or tick would change.</summary>
    internal static bool TryLiquidate(ListedIsolatedMarket listed, LiquidationTerms terms)
    {
        if (!terms.IsSound(reserves: 2)) return false;
        if (listed.Liquidator is not { } liquidator)
        {
            listed.Liquidator = new IsolatedLiquidator(listed.Market, terms, listed.Members.Count);
            return true;
        }

        var before = liquidator.Pair.Terms;
        var isSame = before.LotSize == terms.LotSize && before.TickValue == terms.TickValue;
        if (isSame) liquidator.Pair.Terms = terms;
        return isSame;
    }

    /// <summary>The terms of an isolated market's one pair.</summary>
    internal static LiquidationTerms TermsOf(IsolatedLiquidationListing listing) => new()
    {
        Number = 0, Collateral = 0, Debt = 1, LotSize = listing.LotSize, TickValue = listing.TickValue,
        TargetHealth = listing.TargetHealth, RampSeconds = listing.RampSeconds, FullBonusHealth = listing.FullBonusHealth,
    };

    private void Liquidate(ListedIsolatedMarket listed)
    {
        if (listed.Liquidator is not { } liquidator) return;
        var before = _sold.Count;
        var money = new LiquidationMoney(this, state, listed);
        liquidator.Step(_now, ref money);
        if (before != _sold.Count) Touch(listed);
    }

    static partial void IsolatedUserChanged(ListedIsolatedMarket listed, uint user)
    {
        if (listed.Liquidator is not { } liquidator) return;
        liquidator.Index.UserChanged(user);
    }
}
