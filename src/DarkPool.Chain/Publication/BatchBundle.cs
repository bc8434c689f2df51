using DarkPool.Chain.Settlement;

namespace DarkPool.Chain.Publication;

/// <summary>Which batches go into one transaction.</summary>
public static class BatchBundle
{
    /// <summary>Batches in one transaction at most: with a few markets each they fit a block's gas many times.</summary>
    public const int MaximumBatches = 16;

    /// <summary>Markets in one transaction at most, as many as one batch may have.</summary>
    private const int MaximumMarkets = Protocol.Settlement.SettlementBatch.MaxMarkets;

    /// <summary>The first of these batches, as many as go together.</summary>
    internal static List<SignedBatch> Of(IReadOnlyList<SignedBatch> next)
    {
        var together = new List<SignedBatch>();
        var markets = 0;
        foreach (var batch in next.Take(MaximumBatches))
        {
            markets += batch.Batch.Markets.Length;
            if (together.Count > 0 && markets > MaximumMarkets) break;
            together.Add(batch);
        }

        return together;
    }
}
