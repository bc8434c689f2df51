using System.Net;
using System.Net.Sockets;
using DarkPool.Chain.Deployment;
using DarkPool.Chain.Deposits;
using DarkPool.Chain.Rpc;
using DarkPool.Chain.Settlement;
using DarkPool.Chain.Signing;
using DarkPool.Chain.Tokens;
using DarkPool.Chain.Transactions;
using DarkPool.Enclave.Deposits;
using DarkPool.Enclave.Keys;
using DarkPool.Enclave.Server;
using DarkPool.Local.Anvil;
using DarkPool.Local.Files;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Entries;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Link;

namespace DarkPool.Enclave.Tests.Fixtures;

/// <summary>A local chain with a venue's contracts, and enclaves that serve over a socket beside it.</summary>
internal sealed class LiveVenue : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.Create("dark pool");
    private readonly TestPlatform _platform = new();
    private readonly EvmKey _deployer = EvmKey.Parse(DevAccount.Deployer.PrivateKey);
    private readonly List<IAsyncDisposable> _enclaves = [];
    private readonly List<byte[]> _log = [];
    private LocalChain _chain = null!;
    private JsonRpcClient _rpc = null!;
    private TransactionSender _owner = null!;
    private VenueDeployment _deployment = null!;
    private BlockBuilder _builder = null!;
    private BlockHeader _last;

    public Genesis Genesis { get; private set; } = null!;

    /// <summary>The blocks that the log holds.</summary>
    public IReadOnlyList<byte[]> Log => _log;

    public byte[] SealedKeys { get; private set; } = [];

    public Uri ChainUrl => _chain.Url;

    public EvmAddress TokenOf(int place) => _deployment.Tokens[place].Address;

    public static async Task<LiveVenue> StartAsync()
    {
        var venue = new LiveVenue();
        venue._chain = await LocalChain.StartAsync(new LocalChainOptions { DataFolder = venue._folder.Sub("chain") });
        venue._rpc = new JsonRpcClient(venue._chain.Url);
        var node = new EvmNode(venue._rpc);
        venue._owner = new TransactionSender(node, venue._deployer);
        venue._deployment = await new ContractDeployer(venue._owner).EnsureAsync(DeploymentPlan.Local, venue._folder.Sub(
            "deployment.json"));
        venue.Genesis = new Genesis(
            venue._deployment.ChainId, venue._deployment.Vault, venue._deployment.Registry, venue._deployment.Shard, 1,
            [TestGenesis.PublicKeyOf(TestGenesis.Governors[0])]);
        venue._builder = new BlockBuilder(venue.Genesis.Shard);
        using var keys = venue._platform.Keys();
        await new RegistryClient(node, venue._deployment.Registry).RegisterEnclaveAsync(venue._owner, keys.EvmKey.Address);
        return venue;
    }

    /// <summary>Starts an enclave and restores it without a snapshot.</summary>
    public async Task<EnclaveLink> EnclaveAsync(Genesis? genesis = null)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        var accepting = listener.AcceptAsync();
        var link = await EnclaveLink.ConnectAsync(LinkEndpoint.Parse($"tcp:127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}"));
        var serving = new Serving(this, genesis ?? Genesis, await accepting, link);
        _enclaves.Add(serving);
        var restored = await link.RestoreAsync(default, SealedKeys);
        SealedKeys = restored.SealedKeys;
        return link;
    }

    /// <summary>The next block of the log, of the present time.</summary>
    public byte[] Next(params (EntryKind Kind, byte[] Data)[] entries)
    {
        _builder.Reset();
        foreach (var (kind, data) in entries) Xunit.Assert.True(_builder.TryAppend(kind, data));
        var now = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        var head = _log.Count == 0 ? Genesis.GenesisHead : _last.ComputeHead();
        return _builder.Seal((ulong)_log.Count + 1, Math.Max(now, _last.Time), head, 1, out _).ToArray();
    }

    /// <summary>Executes and commits a live block, and keeps it.</summary>
    public async Task<BlockExecution> RunAsync(EnclaveLink link, params (EntryKind Kind, byte[] Data)[] entries)
    {
        var block = Next(entries);
        Xunit.Assert.True(BlockHeader.TryRead(block, out var header));
        await link.ExecuteAsync(block);
        _log.Add(block);
        _last = header;
        return await link.CommitAsync(header.Number);
    }

    public (EntryKind, byte[]) Governance(ulong sequence, GovernanceType type, byte[] body) =>
        (EntryKind.Governance, new GovernanceCommand(type, sequence, body).Sign(Genesis.VenueId, TestGenesis.Governors[0]));

    /// <summary>Pays tokens into the vault.</summary>
    public async Task DepositAsync(int token, UInt128 amount, byte[] tag)
    {
        var node = new EvmNode(_rpc);
        var client = new TokenClient(node, TokenOf(token));
        await client.MintAsync(_owner, _deployer.Address, amount);
        await client.ApproveAsync(_owner, _deployment.Vault, amount);
        await new VaultClient(node, _deployment.Vault).DepositAsync(_owner, TokenOf(token), amount, tag);
    }

    public Task SettleAsync(BlockExecution execution)
    {
        Xunit.Assert.True(Protocol.Settlement.SettlementBatch.TryRead(execution.Batch, out var batch));
        return new RegistryClient(new EvmNode(_rpc), _deployment.Registry)
            .SettleAsync(_owner, [new SignedBatch(batch, execution.BatchSignature)]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var enclave in _enclaves) await enclave.DisposeAsync();
        _owner.Dispose();
        _rpc.Dispose();
        await _chain.DisposeAsync();
        _builder.Dispose();
        _deployer.Dispose();
        _platform.Dispose();
        _folder.Dispose();
    }

    private sealed class Serving : IAsyncDisposable
    {
        private readonly EnclaveKeys _keys;
        private readonly ChainView _chain;
        private readonly HostConnection _connection;
        private readonly EnclaveLink _link;
        private readonly Task _task;

        public Serving(LiveVenue venue, Genesis genesis, Socket socket, EnclaveLink link)
        {
            _keys = venue._platform.Keys();
            _chain = new ChainView(venue.ChainUrl, genesis, TimeProvider.System);
            _link = link;
            _connection = new HostConnection(
                new EnclaveContext
                {
                    Genesis = genesis,
                    Keys = _keys,
                    Provider = venue._platform.Provider,
                    Clock = TimeProvider.System,
                    Log = new EnclaveLog(TextWriter.Null, TimeProvider.System),
                    Chain = _chain,
                },
                new LinkConnection(socket));
            _task = _connection.RunAsync(CancellationToken.None);
        }

        public async ValueTask DisposeAsync()
        {
            await _link.DisposeAsync();
            await _task;
            _connection.Dispose();
            _chain.Dispose();
            _keys.Dispose();
        }
    }
}
