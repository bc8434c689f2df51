namespace DarkPool.Engine;

/// <summary>The limits of one venue. Each bounds memory or a loop; a command that would pass one is refused.</summary>
public static class VenueLimits
{
    /// <summary>Asset numbers are below this: a journal record names an asset in 16 bits, and assets are looked up by index.</summary>
    public const uint MaxAssets = 1024;

    /// <summary>Market numbers are below this: a journal record names a market in 16 bits, and markets are looked up by index.</summary>
    public const uint MaxMarkets = 4096;

    /// <summary>Feeds with a price source: they are kept sorted and written to every snapshot.</summary>
    public const int MaxFeeds = 1024;

    /// <summary>Accounts of a venue: 16 Mi, half a GiB of keys.</summary>
    public const uint MaxAccounts = 1 << 24;

    /// <summary>
    /// Open orders of one account: more than any market maker of record quotes at once, and few enough that no account fills the venue.
    /// </summary>
    public const uint MaxOpenOrdersPerAccount = 16_384;

    /// <summary>Open orders of all accounts: 16 Mi, one GiB of order memory.</summary>
    public const uint MaxOpenOrders = 1 << 24;

    /// <summary>The longest publication delay: thirty days, beyond which a tape is history.</summary>
    public const long MaxPublicationDelayMicroseconds = 30L * 24 * 60 * 60 * 1_000_000;

    /// <summary>The longest settlement interval: one day, so that a proof of solvency is never older.</summary>
    public const long MaxSettlementIntervalMicroseconds = 24L * 60 * 60 * 1_000_000;

    /// <summary>The largest fee, in millionths: one tenth. Beyond it a mistake is likelier than a price.</summary>
    public const uint MaxFeeMillionths = 100_000;

    /// <summary>
    /// Ended orders of one account that are remembered: an order that comes again within them does nothing, and a cancel that came too late
    /// for one of them is told where it ended. 16 KiB for an account that has used it up.
    /// </summary>
    public const uint MaxEndedOrdersPerAccount = 256;

    /// <summary>Counterparties that one account may deny: they are compared one by one.</summary>
    public const int MaxDenialsPerAccount = 64;

    /// <summary>Tiers of accounts: a mask of sixteen bits names those that an account takes.</summary>
    public const byte Tiers = 16;

    /// <summary>The longest of a market's own spans (windows, intervals, staleness, firm-up): one day, in microseconds.</summary>
    public const long MaxSpanMicroseconds = 24L * 60 * 60 * 1_000_000;
}
