using DarkPool.Chain.Rpc;

namespace DarkPool.Chain.Transactions;

/// <summary>What to pay for gas now.</summary>
internal static class FeeOracle
{
    /// <summary>What a node that cannot say is assumed to want: 1 gwei.</summary>
    private static readonly UInt128 UsualPriority = 1_000_000_000;

    public static async Task<TransactionFees> SuggestAsync(EvmNode node, CancellationToken cancellation)
    {
        var block = await node.LatestBlockAsync(cancellation);
        if (block.BaseFee is not { } baseFee) return new TransactionFees(await node.GasPriceAsync(cancellation), null);
        var priority = await PriorityAsync(node, cancellation);
        // A base fee grows by at most an eighth a block (EIP-1559): twice the present one holds for at least five full blocks.
        return new TransactionFees(checked((baseFee * 2) + priority), priority);
    }

    private static async Task<UInt128> PriorityAsync(EvmNode node, CancellationToken cancellation)
    {
        try
        {
            return await node.PriorityFeeAsync(cancellation);
        }
        catch (JsonRpcException)
        {
            return UsualPriority;
        }
    }
}
