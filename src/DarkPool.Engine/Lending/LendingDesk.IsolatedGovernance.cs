using DarkPool.Engine.Journals;
using DarkPool.Engine.Lending.Morpho;

namespace DarkPool.Engine.Lending;

/// <content>What governance decides about isolated markets. Anything but applied changes nothing.</content>
internal sealed partial class LendingDesk
{
    private static readonly UInt128 MostFee = (UInt128)(MorphoWad.Wad / 4UL);

    /// <summary>
    /// The key of the account that holds an isolated market's money: SHA-256 of "darkpool/v1/isolated market" and the number. Nobody has a
    /// private key for it.
    /// </summary>
    public static Digest KeyOfMarket(uint number) => KeyOf("darkpool/v1/isolated market"u8, number);

    /// <summary>Lists an isolated market of listed assets.</summary>
    public GovernanceResult List(ulong sequence, IsolatedMarketTerms terms)
    {
        if (terms.Number >= LendingLimits.MaxIsolatedMarkets) return GovernanceResult.NumberTooLarge;
        if (_markets[terms.Number] is not null) return GovernanceResult.AlreadyListed;
        if (!AreSound(terms)) return GovernanceResult.InvalidTerms;
        if (state.Accounts.Count > VenueLimits.MaxAccounts - 2) return GovernanceResult.NumberTooLarge;
        var account = Open(KeyOfMarket(terms.Number));
        var listed = new ListedIsolatedMarket(terms, account, Open(terms.FeeRecipient), _now)
        {
            LoanCell = state.Ledger.FindOrOpen(account, terms.LoanAsset),
            CollateralCell = state.Ledger.FindOrOpen(account, terms.CollateralAsset),
        };
        _markets[terms.Number] = listed;
        Span<byte> bytes = stackalloc byte[IsolatedTermsBytes.Size];
        IsolatedTermsBytes.Write(bytes, terms);
        state.Journal.Write(JournalKind.IsolatedMarketListed, terms.Number, 0, sequence, 0, 0, bytes);
        Touch(listed);
        Reprice(listed);
        return GovernanceResult.Applied;
    }

    /// <summary>Sets an isolated market's share of interest, wad.</summary>
    public GovernanceResult SetFee(ulong sequence, uint market, UInt128 fee)
    {
        if (FindMarket(market) is not { } listed) return GovernanceResult.UnknownPool;
        if (fee > MostFee) return GovernanceResult.InvalidTerms;
        try
        {
            if (listed.Market.SetFee(fee) != IsolatedError.None) return GovernanceResult.InvalidTerms;
        }
        catch (OverflowException)
        {
            return GovernanceResult.InvalidTerms;
        }

        state.Journal.Write(JournalKind.IsolatedFeeSet, 0, market, 0, sequence, (ulong)fee, (ulong)(fee >> 64));
        Touch(listed);
        return GovernanceResult.Applied;
    }

    /// <summary>The ledger accounts of an isolated market that was listed before.</summary>
    public bool TryAccountsOf(IsolatedMarketTerms terms, out uint account, out uint feeRecipient)
    {
        feeRecipient = 0;
        return state.Accounts.TryFind(KeyOfMarket(terms.Number).ToArray(), out account)
            && state.Accounts.TryFind(terms.FeeRecipient.ToArray(), out feeRecipient)
            && terms.Number < LendingLimits.MaxIsolatedMarkets;
    }

    /// <summary>Whether an isolated market may have such terms, its assets aside.</summary>
    public bool AreSound(IsolatedMarketTerms terms)
    {
        byte loanFeedDecimals = 0;
        return terms.LoanAsset != terms.CollateralAsset
            && terms.LoanDecimals <= LendingLimits.MaxAssetDecimals && terms.CollateralDecimals <= LendingLimits.MaxAssetDecimals
            && terms.Lltv != 0 && terms.Lltv < (UInt128)MorphoWad.Wad
            && terms.FeeRecipient != KeyOfMarket(terms.Number)
            && TryDecimalsOf(terms.CollateralFeed, out var collateralFeedDecimals)
            && (terms.LoanFeed is not { } feed || TryDecimalsOf(feed, out loanFeedDecimals))
            && ScaleOf(terms, collateralFeedDecimals, loanFeedDecimals) is >= 0 and <= MostScale;
    }

    private bool TryDecimalsOf(uint feed, out byte decimals)
    {
        decimals = 0;
        if (!feeds.TryGetValue(feed, out var known) || known.Terms is null) return false;
        decimals = known.Terms.Decimals;
        return true;
    }
}
