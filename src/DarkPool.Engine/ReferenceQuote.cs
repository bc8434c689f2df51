namespace DarkPool.Engine;

/// <summary>A signed two-sided quote of a feed.</summary>
/// <param name="Round">The source's number of the observation; 0 before the first.</param>
/// <param name="Time">When it was observed.</param>
/// <param name="Bid">The best bid, in ticks of the reference.</param>
/// <param name="Ask">The best ask; below the bid the reference is crossed.</param>
public readonly record struct ReferenceQuote(ulong Round, BlockTime Time, long Bid, long Ask)
{
    /// <summary>Bids and asks are below this, so that the sum of two fits.</summary>
    public const long MaxTicks = Trading.Midpoint.MidpointReference.MaxTicks;

    /// <summary>Whether it is at most so old at a time; 0: it may be of any age.</summary>
    public bool IsFresh(long now, long stalenessMicroseconds) =>
        Round != 0 && (stalenessMicroseconds == 0 || now - (Int128)Time.Microseconds <= stalenessMicroseconds);
}
