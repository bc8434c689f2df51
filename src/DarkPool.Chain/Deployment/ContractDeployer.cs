using DarkPool.Chain.Abi;
using DarkPool.Chain.Contracts;
using DarkPool.Chain.Deposits;
using DarkPool.Chain.Rpc;
using DarkPool.Chain.Transactions;
using DarkPool.Protocol.Identity;

namespace DarkPool.Chain.Deployment;

/// <summary>Puts a venue's contracts on a chain.</summary>
/// <param name="owner">The account that pays for the contracts and owns them.</param>
public sealed class ContractDeployer(TransactionSender owner)
{
    private EvmNode Node => owner.Node;

    /// <summary>
    /// The deployment on file if there is one, after checking that the chain has it; else deploys and writes the file. What was left
    /// undone by an interruption is begun anew: contracts without a file belong to nobody.
    /// </summary>
    /// <param name="plan">What to deploy.</param>
    /// <param name="file">The deployment file.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="DeploymentLostException">The file names contracts that this chain does not have.</exception>
    /// <exception cref="FormatException">The file is not a deployment file.</exception>
    public async Task<VenueDeployment> EnsureAsync(DeploymentPlan plan, string file, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (File.Exists(file))
        {
            var known = VenueDeployment.Load(file);
            await RequireOnChainAsync(known, file, cancellation);
            return known;
        }

        var deployment = await DeployAsync(plan, cancellation);
        deployment.Save(file);
        return deployment;
    }

    /// <summary>Deploys vault, registry and test tokens, and lists the tokens.</summary>
    public async Task<VenueDeployment> DeployAsync(DeploymentPlan plan, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var chainId = await Node.ChainIdAsync(cancellation);
        var before = (await Node.LatestBlockAsync(cancellation)).Number;
        var me = AbiValue.Address(owner.Address);
        var vault = await CreateAsync(ContractArtifact.Load("DarkPoolVault"), [me], cancellation);
        var registry = await CreateAsync(ContractArtifact.Load("SettlementRegistry"), [me, AbiValue.UInt(plan.Shard)], cancellation);
        var tokens = new List<DeployedToken>();
        foreach (var token in plan.Tokens)
        {
            AbiValue[] arguments = [AbiValue.Text(token.Name), AbiValue.Text(token.Symbol), AbiValue.UInt(token.Decimals)];
            var address = await CreateAsync(ContractArtifact.Load("TestToken"), arguments, cancellation);
            await new VaultClient(Node, vault).SetListedAsync(owner, address, listed: true, cancellation);
            tokens.Add(new DeployedToken(address, token.Symbol, token.Decimals));
        }

        return new VenueDeployment(chainId, vault, registry, plan.Shard, before, tokens);
    }

    /// <summary>Creates a contract and returns its address.</summary>
    internal async Task<EvmAddress> CreateAsync(ContractArtifact contract, AbiValue[] arguments, CancellationToken cancellation)
    {
        byte[] code = [.. contract.Bytecode, .. AbiValue.Tuple(arguments).Encode()];
        var receipt = await owner.SendAsync(new TransactionRequest(null, code), cancellation);
        return receipt.Created ?? throw new ChainUnavailableException($"The receipt of {contract.Name} names no contract");
    }

    private async Task RequireOnChainAsync(VenueDeployment known, string file, CancellationToken cancellation)
    {
        var chainId = await Node.ChainIdAsync(cancellation);
        if (chainId != known.ChainId)
        {
            throw new DeploymentLostException($"The deployment in {file} is of chain {known.ChainId}, but the node is of chain {chainId}");
        }

        foreach (var address in known.Tokens.Select(t => t.Address).Append(known.Vault).Append(known.Registry))
        {
            if (!await Node.HasCodeAsync(address, cancellation))
            {
                throw new DeploymentLostException(
                    $"The chain has no contract at {address}, which {file} names: it is another chain, or lost its data");
            }
        }
    }
}
