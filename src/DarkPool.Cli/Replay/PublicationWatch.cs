using DarkPool.Cli.Accounts;
using DarkPool.Client;
using DarkPool.Client.Venue;

namespace DarkPool.Cli.Replay;

/// <summary>Waits until everything traded is on chain, by the public tape.</summary>
internal sealed class PublicationWatch(DarkPoolClient client, ulong after, TimeProvider time)
{
    /// <summary>The tape moves at the pace of the settlement interval.</summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    private const int PageLimit = 1_000;

    /// <summary>Sequence of the last batch on the tape of a venue.</summary>
    public static async Task<ulong> LastBatchAsync(DarkPoolClient client, CancellationToken cancellation) =>
        (await client.GetVenueAsync(cancellation)).Status.Settlement.Closed;

    /// <summary>Waits for the batch that settles the last trade, confirmed on chain, and all before it.</summary>
    /// <returns>Batches since this watch began, and the distinct transactions that published them.</returns>
    public async Task<(int Batches, int Transactions)> AwaitAsync(OrderTally tally, TradedMarket market, CancellationToken cancellation)
    {
        if (tally.LastTradeBlock == 0)
            return (0, 0);
        // A trade may be published by the first block that is later than it by the delay.
        long settledAt = checked(tally.LastTradeTime + (long)market.PublicationDelay);
        var transactions = new HashSet<string>();
        int batches = 0;
        ulong known = after;
        using var timer = new PeriodicTimer(PollInterval, time);
        while (true)
        {
            TapePage page = await client.GetTapeAsync(known, PageLimit, cancellation);
            foreach (TapeBatch batch in page.Batches.TakeWhile(batch => batch.Transaction is not null))
            {
                known = batch.Sequence;
                batches++;
                transactions.Add(batch.Transaction!);
                if (batch.LastBlock >= tally.LastTradeBlock && batch.Time >= settledAt)
                    return (batches, transactions.Count);
            }
            await timer.WaitForNextTickAsync(cancellation);
        }
    }
}
