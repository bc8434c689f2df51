using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Journals;
using DarkPool.Engine.Lending.Liquidation;

namespace DarkPool.Engine.Lending;

/// <content>Sealed bids for collateral. Each holds what its lots cost at its highest price.</content>
internal sealed partial class LendingDesk
{
    /// <summary>Places a bid, or refuses it.</summary>
    public RejectionCode Place(uint account, in LiquidationBidOrder order)
    {
        if (FindLiquidation(order.Pool, order.Market, out var pool) is not { } market) return RejectionCode.UnknownLiquidationMarket;
        var code = Place(account, market, pool!.Reserves[market.Terms.Debt].Asset, order);
        if (code == RejectionCode.None) WriteBid(JournalKind.LiquidationBidPlaced, order.Pool, market, market.Bids.All[^1]);
        return code;
    }

    /// <summary>Cancels a bid and releases what it holds.</summary>
    public RejectionCode CancelBid(uint account, uint poolNumber, uint marketNumber, ulong id)
    {
        if (FindLiquidation(poolNumber, marketNumber, out var pool) is not { } market) return RejectionCode.UnknownLiquidationMarket;
        var code = Cancel(account, market, pool!.Reserves[market.Terms.Debt].Asset, id, out var bid);
        if (code == RejectionCode.None) WriteBid(JournalKind.LiquidationBidCancelled, poolNumber, market, bid);
        return code;
    }

    private RejectionCode Place(uint account, LiquidationMarket market, uint debtAsset, in LiquidationBidOrder order)
    {
        if (order.MaxTicks <= 0 || order.Lots == 0 || order.Discount >= RiskIndex.Liquidatable) return RejectionCode.InvalidLiquidationBid;
        if (market.Bids.Find(account, order.Id) >= 0) return RejectionCode.DuplicateClientOrderId;
        var isFull = market.Bids.Count == LiquidationBids.MaxBids || market.Bids.CountOf(account) == LiquidationBids.MaxBidsPerAccount;
        if (isFull) return RejectionCode.TooManyLiquidationBids;
        var cell = state.Ledger.Find(account, debtAsset);
        var cost = CostOf(market.Terms, order.MaxTicks, order.Lots);
        if (cell == 0 || cost > state.Ledger[cell].Available) return RejectionCode.InsufficientFunds;
        state.Ledger.Hold(cell, cost.Low);
        market.Bids.Add(account, order.Id, order.MaxTicks, order.Discount, order.Lots);
        return RejectionCode.None;
    }

    private RejectionCode Cancel(uint account, LiquidationMarket market, uint debtAsset, ulong id, out LiquidationBid bid)
    {
        bid = default;
        var at = market.Bids.Find(account, id);
        if (at < 0) return RejectionCode.UnknownOrder;
        bid = market.Bids.All[at];
        state.Ledger.Release(state.Ledger.Find(account, debtAsset), CostOf(market.Terms, bid.MaxTicks, bid.Lots).Low);
        market.Bids.RemoveAt(at);
        return RejectionCode.None;
    }

    /// <summary>What a bid holds: its lots at its highest price. 63, 64 and 128 bits.</summary>
    internal static UInt256 CostOf(LiquidationTerms terms, long maxTicks, ulong lots) =>
        (UInt256)terms.TickValue * (ulong)maxTicks * lots;

    private LiquidationMarket? FindLiquidation(uint poolNumber, uint market, out ListedPool? pool)
    {
        pool = FindPool(poolNumber);
        return pool?.Liquidator?.Find(market);
    }

    private void WriteBid(JournalKind kind, uint place, LiquidationMarket market, in LiquidationBid bid)
    {
        Span<byte> more = stackalloc byte[sizeof(ulong)];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(more, market.Terms.Number);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(more[sizeof(uint)..], bid.Discount);
        state.Journal.Write(kind, place, bid.Account, bid.Id, (ulong)bid.MaxTicks, bid.Lots, more);
    }
}
