using DarkPool.Chain.Abi;
using DarkPool.Chain.Rpc;
using DarkPool.Chain.Transactions;
using DarkPool.Protocol.Identity;

namespace DarkPool.Chain.Settlement;

/// <summary>The settlement registry: what it recorded, whose signature counts, and recording directly.</summary>
/// <param name="node">The node.</param>
/// <param name="registry">The registry's address.</param>
public sealed class RegistryClient(EvmNode node, EvmAddress registry)
{
    /// <summary>The registry's address.</summary>
    public EvmAddress Address => registry;

    /// <summary>The node.</summary>
    public EvmNode Node => node;

    /// <summary>What was recorded last, by the newest block.</summary>
    /// <exception cref="ChainUnavailableException">The node cannot be reached, or there is no registry at the address.</exception>
    public Task<RegistryState> LastAsync(CancellationToken cancellation = default) =>
        ViewAsync(RegistryCalls.Last, ReadState, cancellation);

    /// <summary>The enclave whose signature counts; zeros if none is registered.</summary>
    /// <exception cref="ChainUnavailableException">The node cannot be reached, or there is no registry at the address.</exception>
    public Task<EvmAddress> EnclaveAsync(CancellationToken cancellation = default) =>
        ViewAsync(RegistryCalls.Enclave, static data => new AbiReader(data).ReadAddress(), cancellation);

    /// <summary>The shard whose batches are recorded.</summary>
    /// <exception cref="ChainUnavailableException">The node cannot be reached, or there is no registry at the address.</exception>
    public Task<uint> ShardAsync(CancellationToken cancellation = default) =>
        ViewAsync(RegistryCalls.Shard, static data => new AbiReader(data).ReadUInt32(), cancellation);

    /// <summary>Registers the enclave whose signature counts from now on.</summary>
    /// <param name="owner">The registry's owner.</param>
    /// <param name="enclave">The address of the enclave's EVM key.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="ContractRevertedException">The sender is not the owner.</exception>
    public Task<TransactionReceipt> RegisterEnclaveAsync(
        TransactionSender owner, EvmAddress enclave, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(owner);
        var call = RegistryCalls.RegisterEnclave.Call(AbiValue.Address(enclave));
        return owner.SendAsync(new TransactionRequest(registry, call), cancellation);
    }

    /// <summary>
    /// Records batches in one transaction, all or none. A venue uses <see cref="Publication.SettlementPublisher"/>, which survives faults.
    /// </summary>
    /// <param name="sender">Who pays.</param>
    /// <param name="batches">The next batches in their order, at least one.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="ContractRevertedException">The registry refuses: its error names why.</exception>
    public Task<TransactionReceipt> SettleAsync(
        TransactionSender sender, IReadOnlyList<SignedBatch> batches, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sender);
        return sender.SendAsync(new TransactionRequest(registry, RegistryCalls.For(batches)), cancellation);
    }

    /// <summary>The batches recorded in a range of the chain's blocks, in their order.</summary>
    /// <param name="fromBlock">First block of the chain.</param>
    /// <param name="toBlock">Last block of the chain; the newest if null.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<IReadOnlyList<SettledBatch>> ReadBatchesAsync(
        ulong fromBlock, ulong? toBlock = null, CancellationToken cancellation = default) =>
        await ReadAsync([[SettledBatch.BatchSettled.Topic]], fromBlock, toBlock, SettledBatch.Read, cancellation);

    /// <summary>What markets settled in a range of the chain's blocks, in the order of the batches.</summary>
    /// <param name="fromBlock">First block of the chain.</param>
    /// <param name="toBlock">Last block of the chain; the newest if null.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<IReadOnlyList<SettledMarket>> ReadMarketsAsync(
        ulong fromBlock, ulong? toBlock = null, CancellationToken cancellation = default) =>
        await ReadAsync([[SettledMarket.MarketSettled.Topic]], fromBlock, toBlock, SettledMarket.Read, cancellation);

    /// <summary>The digest as the registry itself computes it.</summary>
    internal Task<Bytes32> DigestAsync(Protocol.Settlement.SettlementBatch batch, CancellationToken cancellation) =>
        ViewAsync(RegistryCalls.BatchDigest, static data => new AbiReader(data).ReadBytes32(), cancellation, RegistryCalls.Tuple(batch));

    private static RegistryState ReadState(byte[] data)
    {
        var reader = new AbiReader(data);
        return new RegistryState(
            reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadBytes32(), reader.ReadBytes32(), reader.ReadBytes32());
    }

    private async Task<List<T>> ReadAsync<T>(
        IReadOnlyList<Bytes32[]?> topics, ulong fromBlock, ulong? toBlock, Func<EvmLog, T> read, CancellationToken cancellation)
    {
        var last = toBlock ?? (await node.LatestBlockAsync(cancellation)).Number;
        var logs = await LogScanner.ScanAsync(node, registry, topics, fromBlock, last, cancellation);
        return Checked(() => logs.ConvertAll(log => read(log)));
    }

    private async Task<T> ViewAsync<T>(
        AbiSignature function, Func<byte[], T> read, CancellationToken cancellation, params AbiValue[] arguments)
    {
        var data = await node.CallAsync(registry, function.Call(arguments), cancellation);
        return Checked(() => read(data));
    }

    private T Checked<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException e)
        {
            throw new ChainUnavailableException($"What is at {registry} is not a settlement registry", e);
        }
    }
}
