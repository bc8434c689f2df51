using DarkPool.Chain.Deployment;
using DarkPool.Chain.Rpc;
using DarkPool.Chain.Settlement;
using DarkPool.Chain.Signing;
using DarkPool.Chain.Transactions;
using DarkPool.Cli.Processes;
using DarkPool.Protocol.Identity;

namespace DarkPool.Cli.Stack;

/// <summary>The venue's contracts on the chain, deployed once, and its genesis.</summary>
internal sealed class Deployment : IDisposable
{
    private readonly JsonRpcClient _rpc;
    private readonly EvmNode _node;
    private readonly TransactionSender _owner;

    private Deployment(JsonRpcClient rpc, EvmKey owner, TimeProvider time)
    {
        _rpc = rpc;
        _node = new EvmNode(rpc);
        _owner = new TransactionSender(_node, owner, time: time);
    }

    public VenueDeployment Contracts { get; private set; } = null!;

    public Genesis Genesis { get; private set; } = null!;

    /// <summary>Takes up the deployment of a data folder, or deploys.</summary>
    /// <param name="folder">Keeps deployment and genesis.</param>
    /// <param name="chain">Address of the chain.</param>
    /// <param name="owner">Pays for the contracts and owns them.</param>
    /// <param name="governance">Governs a new venue.</param>
    /// <param name="time">Clock of the waits.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="StackException">The owner cannot pay, or the folder's genesis is of other contracts.</exception>
    public static async Task<Deployment> EnsureAsync(
        DataFolder folder, Uri chain, EvmKey owner, GovernanceKeys governance, TimeProvider time, CancellationToken cancellation)
    {
        var deployment = new Deployment(new JsonRpcClient(chain, time: time), owner, time);
        try
        {
            await deployment.EnsureAsync(folder, governance, cancellation);
            return deployment;
        }
        catch
        {
            deployment.Dispose();
            throw;
        }
    }

    /// <summary>Lets the registry accept this enclave's batches.</summary>
    /// <returns>Whether it did not before.</returns>
    public async Task<bool> RegisterAsync(EvmAddress enclave, CancellationToken cancellation)
    {
        var registry = new RegistryClient(_node, Contracts.Registry);
        if (await registry.EnclaveAsync(cancellation) == enclave)
            return false;
        await registry.RegisterEnclaveAsync(_owner, enclave, cancellation);
        return true;
    }

    /// <summary>Refuses an account that cannot pay.</summary>
    /// <exception cref="StackException">It has no ether.</exception>
    public async Task RequireFundsAsync(EvmAddress account, string role, string variable, CancellationToken cancellation)
    {
        if (await _node.BalanceAsync(account, cancellation) == 0)
            throw new StackException($"The {role} {account} has no ether on the chain: send it some, or name another key in {variable}.");
    }

    public void Dispose()
    {
        _owner.Dispose();
        _rpc.Dispose();
    }

    private async Task EnsureAsync(DataFolder folder, GovernanceKeys governance, CancellationToken cancellation)
    {
        if (!File.Exists(folder.Deployment))
            await RequireFundsAsync(_owner.Address, "deployer", Commands.PayerKey.DeployerVariable, cancellation);
        Contracts = await new ContractDeployer(_owner).EnsureAsync(DeploymentPlan.Local, folder.Deployment, cancellation);
        if (File.Exists(folder.Genesis))
        {
            Genesis = Genesis.Parse(await File.ReadAllTextAsync(folder.Genesis, cancellation));
            if (Genesis.Vault != Contracts.Vault || Genesis.Registry != Contracts.Registry || Genesis.ChainId != Contracts.ChainId)
                throw new StackException($"{folder.Genesis} and {folder.Deployment} name different contracts: they are of two venues.");
            return;
        }
        Genesis = new Genesis(
            Contracts.ChainId, Contracts.Vault, Contracts.Registry, Contracts.Shard, GovernanceKeys.Threshold, governance.PublicKeys);
        string unfinished = folder.Genesis + ".unfinished";
        await File.WriteAllTextAsync(unfinished, Genesis.ToJson(), cancellation);
        File.Move(unfinished, folder.Genesis);
    }
}
