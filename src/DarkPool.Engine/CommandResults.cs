namespace DarkPool.Engine;

/// <summary>
/// What became of a governance command. Anything but <see cref="Applied"/> changed nothing, its sequence number included.
/// </summary>
public enum GovernanceResult : byte
{
    /// <summary>It is in force.</summary>
    Applied = 0,

    /// <summary>Its sequence is not the last applied one plus one.</summary>
    OutOfSequence = 1,

    /// <summary>The number is beyond the venue's limit.</summary>
    NumberTooLarge = 2,

    /// <summary>The number, or the token, is listed already.</summary>
    AlreadyListed = 3,

    /// <summary>An asset that it names is not listed.</summary>
    UnknownAsset = 4,

    /// <summary>The matching rule is not one of this version.</summary>
    UnknownRule = 5,

    /// <summary>A size, value, delay or interval is zero or out of range, or base and quote are the same asset.</summary>
    InvalidTerms = 6,

    /// <summary>A market that it names is not listed.</summary>
    UnknownMarket = 7,

    /// <summary>The lending pool, reserve or isolated market that it names is not listed.</summary>
    UnknownPool = 8,
}

/// <summary>What became of a deposit. Anything but <see cref="Credited"/> changed nothing; its id was not consumed.</summary>
public enum DepositResult : byte
{
    /// <summary>The account has it.</summary>
    Credited = 0,

    /// <summary>Its id is not the last credited one plus one.</summary>
    OutOfSequence = 1,

    /// <summary>The asset is not listed.</summary>
    UnknownAsset = 2,

    /// <summary>The amount is zero.</summary>
    InvalidAmount = 3,

    /// <summary>All deposits of the asset together would exceed 128 bits.</summary>
    Overflow = 4,
}

/// <summary>What became of a signed price. Anything but <see cref="Applied"/> changed nothing.</summary>
public enum PriceResult : byte
{
    /// <summary>It is the feed's latest price.</summary>
    Applied = 0,

    /// <summary>No enabled source of that feed has that key.</summary>
    UnknownSource = 1,

    /// <summary>Its round is not later than the latest one, or its time is earlier.</summary>
    Stale = 2,

    /// <summary>The price is not positive, or its time is after the block's.</summary>
    InvalidPrice = 3,

    /// <summary>Governance froze the feed.</summary>
    Frozen = 4,
}
