using DarkPool.Engine.Journals;
using DarkPool.Engine.Lending.Liquidation;

namespace DarkPool.Engine.Lending;

/// <content>What borrowers choose for themselves: a stop in a liquidation market, relief before a health of 1.</content>
internal sealed partial class LendingDesk
{
    /// <summary>Sets the account's stop in place of one before; no lots withdraw it.</summary>
    public RejectionCode SetStop(uint account, in BorrowerStop wish)
    {
        if (FindLiquidation(wish.Pool, wish.Market, out var pool) is not { } market) return RejectionCode.UnknownLiquidationMarket;
        if (!pool!.Members.TryFind(account, out var user)) return RejectionCode.InvalidLiquidationOption;
        if (wish.Lots == 0 && !market.Stops.TryGet(user, out _)) return RejectionCode.InvalidLiquidationOption;
        var isSound = wish.Lots == 0 || (wish.Price != 0 && wish.MaxDiscount <= PreLiquidationOption.HighestBonus);
        if (!isSound) return RejectionCode.InvalidLiquidationOption;
        var isNew = wish.Lots != 0 && !market.Stops.TryGet(user, out _);
        if (isNew && market.Stops.Count == StopOrders.MaxStops) return RejectionCode.TooManyStops;
        market.TrySetStop(new StopOrder(user, wish.Price, wish.Lots, (ushort)wish.MaxDiscount));
        Span<byte> price = stackalloc byte[sizeof(ulong) * 2];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128LittleEndian(price, wish.Price);
        state.Journal.Write(JournalKind.StopSet, wish.Pool, account, wish.Market, wish.Lots, wish.MaxDiscount, price);
        return RejectionCode.None;
    }

    /// <summary>Sets when the account wants to be relieved; a health of 0 withdraws that.</summary>
    public RejectionCode SetPreLiquidation(uint account, uint poolNumber, PreLiquidationOption option)
    {
        if (FindPool(poolNumber) is not { } pool) return RejectionCode.UnknownPool;
        if (pool.Liquidator is not { } liquidator) return RejectionCode.UnknownLiquidationMarket;
        var isKnown = pool.Members.TryFind(account, out var user);
        var withdraws = option.Health == 0;
        var isSound = withdraws ? isKnown && liquidator.Options.ContainsKey(user) : isKnown && option.IsSound;
        if (!isSound) return RejectionCode.InvalidLiquidationOption;
        liquidator.SetOption(user, withdraws ? null : option);
        state.Journal.Write(JournalKind.PreLiquidationSet, poolNumber, account, option.Health, option.MaxBonus, option.Target, []);
        return RejectionCode.None;
    }
}
