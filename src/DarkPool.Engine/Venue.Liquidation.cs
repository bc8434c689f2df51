using System.Collections.Immutable;
using DarkPool.Engine.Journals;
using DarkPool.Engine.Lending;
using DarkPool.Engine.Lending.Liquidation;

namespace DarkPool.Engine;

/// <summary>Liquidation of pools: bids of accounts, what governance decides, and who is told what came of it.</summary>
public sealed partial class Venue
{
    /// <summary>Places a sealed bid for collateral of a liquidation market; it holds its lots at its highest price.</summary>
    public RejectionCode PlaceBid<TSink>(uint account, in LiquidationBidOrder order, ref TSink sink)
        where TSink : struct, ILendingSink
    {
        RequireAccount(account);
        var code = Lending.Place(account, order);
        if (code != RejectionCode.None) sink.Rejected(account, order.Id, code);
        return code;
    }

    /// <summary>Cancels a sealed bid.</summary>
    public RejectionCode CancelBid<TSink>(uint account, uint pool, uint market, ulong id, ref TSink sink)
        where TSink : struct, ILendingSink
    {
        RequireAccount(account);
        var code = Lending.CancelBid(account, pool, market, id);
        if (code != RejectionCode.None) sink.Rejected(account, id, code);
        return code;
    }

    /// <summary>Places a sealed bid for collateral of an isolated market, which stands as the order's pool.</summary>
    public RejectionCode PlaceIsolatedBid<TSink>(uint account, in LiquidationBidOrder order, ref TSink sink)
        where TSink : struct, ILendingSink
    {
        RequireAccount(account);
        var code = Lending.PlaceIsolated(account, order);
        if (code != RejectionCode.None) sink.Rejected(account, order.Id, code);
        return code;
    }

    /// <summary>Cancels a sealed bid for collateral of an isolated market.</summary>
    public RejectionCode CancelIsolatedBid<TSink>(uint account, uint market, ulong id, ref TSink sink)
        where TSink : struct, ILendingSink
    {
        RequireAccount(account);
        var code = Lending.CancelIsolatedBid(account, market, id);
        if (code != RejectionCode.None) sink.Rejected(account, id, code);
        return code;
    }

    /// <summary>Sets a borrower's own stop, or withdraws it.</summary>
    public RejectionCode SetStop<TSink>(uint account, in BorrowerStop stop, ref TSink sink)
        where TSink : struct, ILendingSink
    {
        RequireAccount(account);
        var code = Lending.SetStop(account, stop);
        if (code != RejectionCode.None) sink.Rejected(account, 0, code);
        return code;
    }

    /// <summary>Sets when a borrower wants to be relieved before a health of 1; a health of 0 withdraws that.</summary>
    public RejectionCode SetPreLiquidation<TSink>(uint account, uint pool, PreLiquidationOption option, ref TSink sink)
        where TSink : struct, ILendingSink
    {
        RequireAccount(account);
        var code = Lending.SetPreLiquidation(account, pool, option);
        if (code != RejectionCode.None) sink.Rejected(account, 0, code);
        return code;
    }

    /// <summary>
    /// Tells owners of orders, buyers and borrowers what was liquidated since the last call: after the start of a block, each price and
    /// each governance command.
    /// </summary>
    public void TellLiquidations<TSink>(ref TSink sink)
        where TSink : struct, IVenueSink, ILendingSink =>
        Lending.TellSales(ref sink);

    /// <summary>
    /// What the last block published of liquidations: at most <see cref="MaxLiquidationsOfSheet"/>, ascending by commitment; empty but
    /// after a block for which <see cref="IsReserveSheetDue"/> says so.
    /// </summary>
    public ImmutableArray<PublicLiquidation> Liquidations { get; private set; } = [];

    /// <summary>The number of the first of <see cref="Liquidations"/> in the venue, from 1 without gaps.</summary>
    public ulong FirstLiquidation { get; private set; }

    /// <summary>Most liquidations that one block publishes.</summary>
    public static int MaxLiquidationsOfSheet => PublicLiquidations.MaxPerSheet;

    /// <summary>Lists a liquidation market of a pool, or gives one another target and ramp.</summary>
    public GovernanceResult ConfigureLiquidation(ulong sequence, LiquidationListing listing)
    {
        ArgumentNullException.ThrowIfNull(listing);
        return Follows(sequence) ? Follow(sequence, Lending.Configure(sequence, listing)) : GovernanceResult.OutOfSequence;
    }

    /// <summary>Registers an account as a backstop of a liquidation market, or takes it out.</summary>
    public GovernanceResult SetBackstop(ulong sequence, uint pool, uint market, in Digest account, bool isRegistered) =>
        Follows(sequence)
            ? Follow(sequence, Lending.SetBackstop(sequence, pool, market, account, isRegistered))
            : GovernanceResult.OutOfSequence;

    /// <summary>Has an isolated market liquidated, or gives it another target and ramp.</summary>
    public GovernanceResult ConfigureIsolatedLiquidation(ulong sequence, IsolatedLiquidationListing listing)
    {
        ArgumentNullException.ThrowIfNull(listing);
        return Follows(sequence) ? Follow(sequence, Lending.Configure(sequence, listing)) : GovernanceResult.OutOfSequence;
    }

    /// <summary>Registers an account as a backstop of an isolated market, or takes it out.</summary>
    public GovernanceResult SetIsolatedBackstop(ulong sequence, uint market, in Digest account, bool isRegistered) =>
        Follows(sequence)
            ? Follow(sequence, Lending.SetIsolatedBackstop(sequence, market, account, isRegistered))
            : GovernanceResult.OutOfSequence;

    private void Publish()
    {
        if (!Liquidations.IsEmpty) Liquidations = [];
        if (!IsReserveSheetDue || Lending.Publication.Waiting.Count == 0) return;
        Liquidations = Lending.Publication.Take(out var first);
        FirstLiquidation = first;
        _state.Journal.Write(JournalKind.LiquidationsPublished, 0, 0, 0, first, (ulong)Liquidations.Length, 0);
    }
}
