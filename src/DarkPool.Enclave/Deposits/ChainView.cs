using DarkPool.Chain.Deposits;
using DarkPool.Chain.Rpc;
using DarkPool.Chain.Settlement;
using DarkPool.Enclave.Shard;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Link;

namespace DarkPool.Enclave.Deposits;

/// <summary>The chain as the enclave sees it through its own connection.</summary>
internal sealed class ChainView : IDisposable
{
    private readonly JsonRpcClient _rpc;
    private readonly EvmNode _node;
    private readonly RegistryClient _registry;
    private readonly Genesis _genesis;

    /// <param name="endpoint">A node of the enclave's own choice.</param>
    /// <param name="genesis">The venue.</param>
    /// <param name="clock">The clock of pauses.</param>
    /// <param name="confirmations">Blocks that a deposit must have on it, its own included; null: what suits the chain.</param>
    /// <param name="firstBlock">First block of the chain that may hold a deposit.</param>
    public ChainView(Uri endpoint, Genesis genesis, TimeProvider clock, int? confirmations = null, ulong firstBlock = 0)
    {
        _genesis = genesis;
        Confirmations = confirmations ?? (genesis.ChainId == DepositLimits.LocalChainId ? 1 : DepositLimits.UsualConfirmations);
        FirstBlock = firstBlock;
        _rpc = new JsonRpcClient(endpoint, time: clock);
        _node = new EvmNode(_rpc);
        _registry = new RegistryClient(_node, genesis.Registry);
        Vault = new VaultReader(_node, genesis.Vault);
    }

    public VaultReader Vault { get; }

    public int Confirmations { get; }

    public ulong FirstBlock { get; }

    /// <summary>The last block of the log that the registry knows, and its head.</summary>
    /// <exception cref="ChainUnavailableException">The node does not answer.</exception>
    /// <exception cref="LinkException">The chain is not that of the genesis.</exception>
    public async Task<AnchoredHead> ReadAnchorAsync(CancellationToken cancellationToken)
    {
        var chainId = await _node.ChainIdAsync(cancellationToken);
        if (chainId != _genesis.ChainId)
            throw new LinkException(LinkErrorCode.WrongChain, $"The node is of chain {chainId}, the venue of chain {_genesis.ChainId}.");
        var last = await _registry.LastAsync(cancellationToken);
        return new AnchoredHead(last.LastBlock, last.LastBlock == 0 ? _genesis.GenesisHead : last.LogHead);
    }

    public void Dispose() => _rpc.Dispose();
}
