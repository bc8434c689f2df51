using DarkPool.Engine.Memory;
using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Markets;

/// <summary>An order that arrives or re-enters, its whole hold already held.</summary>
internal readonly struct Incoming
{
    public required uint Account { get; init; }

    public required ulong ClientOrderId { get; init; }

    public required uint Hash { get; init; }

    /// <summary>Where its id goes in the index, if that was found when it arrived.</summary>
    public SlotIndex.FreeEntry Place { get; init; }

    public required Side Side { get; init; }

    /// <summary>The limit that it trades to, in ticks.</summary>
    public required long Price { get; init; }

    public required ulong Lots { get; init; }

    /// <summary>What it does where it would trade with an order of its own owner's.</summary>
    public required SelfTradePrevention SelfTrade { get; init; }

    public required TradeMinimum Minimum { get; init; }

    /// <summary>Whether it trades whole or not at all.</summary>
    public required bool IsWhole { get; init; }

    public bool HasMinimum => (Minimum.Quantity | Minimum.Interaction) != 0;
}
