using DarkPool.Protocol.Identity;

namespace DarkPool.Chain.Rpc;

/// <summary>Reads a contract's events over any range of blocks, in steps that nodes accept.</summary>
internal static class LogScanner
{
    /// <summary>Public nodes answer a few thousand blocks at once; a step that one refuses is halved.</summary>
    public const ulong LongestStep = 5000;

    public static async Task<List<EvmLog>> ScanAsync(
        EvmNode node,
        EvmAddress contract,
        IReadOnlyList<Bytes32[]?> topics,
        ulong first,
        ulong last,
        CancellationToken cancellation,
        ulong step = LongestStep)
    {
        var found = new List<EvmLog>();
        for (var at = first; at <= last;)
        {
            var end = last - at < step ? last : at + step - 1;
            try
            {
                found.AddRange(await node.LogsAsync(contract, topics, at, end, cancellation));
                at = end + 1;
            }
            catch (JsonRpcException) when (step > 1)
            {
                step /= 2;
            }
        }

        return found;
    }
}
