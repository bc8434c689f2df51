using DarkPool.Engine.Trading;

namespace DarkPool.Engine;

/// <summary>What the owner of a conditional order is told when there is somebody to trade with: nothing of whom, or of how much.</summary>
public readonly record struct FirmUpInvitation
{
    /// <summary>The owner's name for the order.</summary>
    public required ulong ClientOrderId { get; init; }

    /// <summary>The market's number.</summary>
    public required uint Market { get; init; }

    /// <summary>The order's side.</summary>
    public required Side Side { get; init; }

    /// <summary>The most lots that may be firmed up: those of the order.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>The market's round of invitations.</summary>
    public required ulong Round { get; init; }

    /// <summary>The first block time at which an answer is too late.</summary>
    public required BlockTime Deadline { get; init; }
}
