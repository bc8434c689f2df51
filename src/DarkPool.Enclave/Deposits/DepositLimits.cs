namespace DarkPool.Enclave.Deposits;

/// <summary>Bounds and rhythm of the deposit watch.</summary>
internal static class DepositLimits
{
    /// <summary>Offers ahead of the log: more would only wait in the host.</summary>
    public const int MaxOffersAhead = 256;

    /// <summary>Deposits held in memory that the log does not have yet; the chain is not read further until it catches up.</summary>
    public const int MaxPending = 16_384;

    /// <summary>
    /// A local development chain (anvil, hardhat) makes no block without a transaction: deeper confirmation would never come.
    /// </summary>
    public const ulong LocalChainId = 31337;

    /// <summary>Confirmations on any other chain, unless told otherwise: one Ethereum epoch.</summary>
    public const int UsualConfirmations = 32;

    /// <summary>How often the chain is asked.</summary>
    public static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// How long an offer may stay out of the log before it is made again: a block takes milliseconds, a busy host a second.
    /// </summary>
    public static readonly TimeSpan OfferAgainAfter = TimeSpan.FromSeconds(10);
}
