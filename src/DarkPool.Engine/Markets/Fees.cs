namespace DarkPool.Engine.Markets;

/// <summary>A fee in base units.</summary>
internal static class Fees
{
    private const uint Million = 1_000_000;

    /// <summary>
    /// So many millionths of an amount, rounded down. The fees of the parts of an amount never sum to more than the fee of the whole: a
    /// hold that covers an order's fee covers its fills'.
    /// </summary>
    public static UInt128 Of(UInt128 amount, uint millionths)
    {
        if (millionths == 0) return 0;
        if ((ulong)(amount >> 64) == 0)
        {
            var (millions, rest) = Math.DivRem((ulong)amount, Million);
            return ((UInt128)millions * millionths) + (rest * millionths / Million);
        }

        var whole = amount / Million;
        return (whole * millionths) + ((amount - (whole * Million)) * millionths / Million);
    }
}
