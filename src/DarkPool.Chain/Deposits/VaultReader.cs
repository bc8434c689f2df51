using DarkPool.Chain.Rpc;
using DarkPool.Protocol.Identity;

namespace DarkPool.Chain.Deposits;

/// <summary>Reads the deposits of a vault that are deep enough in the chain.</summary>
/// <param name="node">The reader's own node: whoever credits deposits must not get them from somebody else.</param>
/// <param name="vault">The vault's address.</param>
public sealed class VaultReader(EvmNode node, EvmAddress vault)
{
    /// <summary>Reads what follows a known deposit.</summary>
    /// <param name="afterDeposit">Number of the last known deposit; 0 for none.</param>
    /// <param name="fromBlock">
    /// First block to read: <see cref="VaultReading.NextBlock"/> of the last reading, or where the vault was created.
    /// </param>
    /// <param name="confirmations">How many blocks, its own included, an event must have on it; 1 reads up to the newest block.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The new deposits, maybe none.</returns>
    /// <exception cref="DepositGapException">The node leaves out a deposit.</exception>
    /// <exception cref="ChainUnavailableException">The node cannot be reached, or shows events that are no deposits.</exception>
    public async Task<VaultReading> ReadAsync(
        ulong afterDeposit, ulong fromBlock, int confirmations, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(confirmations, 1);
        var latest = (await node.LatestBlockAsync(cancellation)).Number;
        var depth = (ulong)confirmations - 1;
        if (latest < depth || latest - depth < fromBlock) return new VaultReading([], fromBlock);

        var last = latest - depth;
        var logs = await LogScanner.ScanAsync(node, vault, [[VaultDeposit.Deposited.Topic]], fromBlock, last, cancellation);
        return new VaultReading(InOrder(logs, afterDeposit), last + 1);
    }

    private static List<VaultDeposit> InOrder(List<EvmLog> logs, ulong afterDeposit)
    {
        var deposits = new List<VaultDeposit>();
        var expected = checked(afterDeposit + 1);
        foreach (var deposit in logs.Select(Read).Where(d => d.Id > afterDeposit).OrderBy(d => d.Id))
        {
            if (deposit.Id != expected) throw new DepositGapException(expected, deposit.Id);
            deposits.Add(deposit);
            expected = checked(expected + 1);
        }

        return deposits;
    }

    private static VaultDeposit Read(EvmLog log)
    {
        try
        {
            return VaultDeposit.Read(log);
        }
        catch (FormatException e)
        {
            throw new ChainUnavailableException($"The node shows a malformed deposit: {e.Message}", e);
        }
    }
}
