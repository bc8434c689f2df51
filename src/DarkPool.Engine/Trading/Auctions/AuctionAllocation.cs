namespace DarkPool.Engine.Trading.Auctions;

/// <summary>How an auction shares out its marginal orders. The numbers are those of docs/PROTOCOL.md section 7; append-only.</summary>
public enum AuctionAllocation : byte
{
    /// <summary>Not an auction.</summary>
    None = 0,

    /// <summary>By size; remainders to the largest, then to the oldest.</summary>
    ProRata = 1,

    /// <summary>The oldest first.</summary>
    Time = 2,
}
