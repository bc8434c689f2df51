using DarkPool.Chain.Deployment;
using DarkPool.Chain.Deposits;
using DarkPool.Chain.Rpc;
using DarkPool.Chain.Settlement;
using DarkPool.Chain.Signing;
using DarkPool.Chain.Transactions;
using DarkPool.Local.Anvil;
using DarkPool.Local.Files;
using Xunit;

namespace DarkPool.Chain.Tests;

/// <summary>A chain of its own for each test, with a venue's contracts on it.</summary>
public class ChainFixture : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.Create("dark pool");
    private readonly EvmKey _owner = EvmKey.Parse(DevAccount.Deployer.PrivateKey);
    private JsonRpcClient? _rpc;

    internal LocalChain Chain { get; private set; } = null!;

    internal EvmNode Node { get; private set; } = null!;

    internal TransactionSender Owner { get; private set; } = null!;

    internal VenueDeployment Venue { get; private set; } = null!;

    internal RegistryClient Registry => new(Node, Venue.Registry);

    internal VaultClient Vault => new(Node, Venue.Vault);

    internal EvmKey Enclave { get; } = EvmKey.Create();

    internal string DeploymentFile => _folder.Sub("deployment.json");

    public async Task InitializeAsync()
    {
        await StartChainAsync();
        Venue = await new ContractDeployer(Owner).EnsureAsync(DeploymentPlan.Local, DeploymentFile);
        await Registry.RegisterEnclaveAsync(Owner, Enclave.Address);
    }

    public Task DisposeAsync() => StopChainAsync();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts the chain where it stopped, at the same address if a port is given.</summary>
    internal async Task StartChainAsync(int port = 0)
    {
        Chain = await LocalChain.StartAsync(new LocalChainOptions { DataFolder = _folder.Sub("chain"), Port = port });
        _rpc = new JsonRpcClient(Chain.Url);
        Node = new EvmNode(_rpc);
        Owner = new TransactionSender(Node, _owner);
    }

    /// <summary>Adds empty blocks.</summary>
    internal async Task MineAsync(ulong blocks) => await _rpc!.CallAsync("anvil_mine", [EvmHex.EncodeQuantity(blocks)]);

    internal async Task StopChainAsync()
    {
        await Chain.DisposeAsync();
        Owner.Dispose();
        _rpc!.Dispose();
    }

    protected virtual void Dispose(bool disposing)
    {
        _rpc?.Dispose();
        Enclave.Dispose();
        _owner.Dispose();
        _folder.Dispose();
    }
}
