using DarkPool.Attestation.Rofl;
using DarkPool.Attestation.Testing.Agents;
using DarkPool.Chain.Settlement;
using DarkPool.Chain.Signing;
using DarkPool.Enclave.Keys;
using DarkPool.Enclave.Tests.Fixtures;
using DarkPool.Protocol.Link;
using DarkPool.Protocol.Settlement;
using Xunit;

namespace DarkPool.Enclave.Tests.Server;

/// <summary>The enclave process on ROFL, whose daemon is FAKED, publishes what it has signed and nothing else.</summary>
public sealed class BatchPublicationTests
{
    private const ulong Gas = 400_000;

    [Fact]
    public async Task Signed_batches_go_to_the_registry_and_nowhere_else()
    {
        await using var rofl = await RoflEnclave.StartAsync();
        var (first, second) = (Batch(1), Batch(2));
        var answer = await rofl.PublishAsync(Gas, Signed(first, rofl.Key), Signed(second, rofl.Key));

        Assert.Equal((PublishOutcome.Recorded, ""), (answer.Outcome, answer.Reason));
        var sent = Assert.Single(rofl.Daemon.Transactions);
        Assert.False(sent.GetProperty("encrypt").GetBoolean());
        Assert.Equal("eth", sent.GetProperty("tx").GetProperty("kind").GetString());
        var call = sent.GetProperty("tx").GetProperty("data");
        Assert.Equal(Convert.ToHexStringLower(TestGenesis.Genesis.Registry.Span), call.GetProperty("to").GetString());
        Assert.Equal((Gas, 0), (call.GetProperty("gas_limit").GetUInt64(), call.GetProperty("value").GetInt32()));
        var input = RegistryCalls.For(
            [new SignedBatch(first, Signed(first, rofl.Key).Signature), new SignedBatch(second, Signed(second, rofl.Key).Signature)]);
        Assert.Equal(Convert.ToHexStringLower(input), call.GetProperty("data").GetString());
    }

    [Fact]
    public async Task A_batch_that_somebody_else_signed_is_not_sent()
    {
        await using var rofl = await RoflEnclave.StartAsync();
        using var stranger = EvmKey.Create();
        var own = Signed(Batch(1), rofl.Key);
        byte[] altered = [.. own.Batch];
        altered[^1] ^= 1;
        BatchToPublish[] others = [Signed(Batch(1), stranger), own with { Batch = altered }, own with { Signature = new byte[65] }];
        foreach (var batch in others)
            Assert.Equal(PublishOutcome.Refused, (await rofl.PublishAsync(Gas, batch)).Outcome);
        Assert.Equal(PublishOutcome.Refused, (await rofl.PublishAsync(ulong.MaxValue, own)).Outcome);
        Assert.Equal(PublishOutcome.Refused, (await rofl.PublishAsync(Gas)).Outcome);
        Assert.Empty(rofl.Daemon.Transactions);
    }

    [Fact]
    public async Task A_refusal_of_the_chain_comes_back_in_its_words()
    {
        await using var rofl = await RoflEnclave.StartAsync();
        rofl.Daemon.CallResult = RoflAppdServer.Fail("evm", 8, "reverted: WrongSequence");
        var answer = await rofl.PublishAsync(Gas, Signed(Batch(1), rofl.Key));
        Assert.Equal((PublishOutcome.Refused, "evm 8: reverted: WrongSequence"), (answer.Outcome, answer.Reason));
    }

    [Fact]
    public async Task A_daemon_that_fails_stops_neither_the_enclave_nor_a_later_attempt()
    {
        await using var rofl = await RoflEnclave.StartAsync();
        await rofl.Daemon.DisposeAsync();
        Assert.Equal(PublishOutcome.Unavailable, (await rofl.PublishAsync(Gas, Signed(Batch(1), rofl.Key))).Outcome);
        Assert.Equal(1, (await rofl.Host.StatusAsync()).State);
    }

    [Fact]
    public async Task A_platform_that_sends_no_transactions_says_so()
    {
        await using var rofl = await RoflEnclave.StartAsync();
        using var platform = new TestPlatform();
        await using var enclave = EnclaveChild.Start(platform, "--replay-only");
        await using var host = await enclave.ConnectAsync();
        await host.RestoreAsync(default, default);
        var answer = await host.PublishAsync(new PublishRequest(Gas, [Signed(Batch(1), rofl.Key)]));
        Assert.Equal(PublishOutcome.NotOffered, answer.Outcome);
        Assert.Contains("simulated", answer.Reason, StringComparison.Ordinal);
    }

    private static SettlementBatch Batch(ulong sequence) => new(
        TestGenesis.Genesis.Shard, sequence, FirstBlock: sequence, LastBlock: sequence, TestVenue.StartTime,
        default, default, default, default,
        [new MarketSettlement(7, 1, 100, 30, 15_000)]);

    private static BatchToPublish Signed(SettlementBatch batch, EvmKey key) => new(
        batch.Encode(), key.Sign(SettlementDigest.Compute(batch, TestGenesis.ChainId, TestGenesis.Genesis.Registry)).ToArray());

    /// <summary>An enclave process beside the daemon, and the key that both derive.</summary>
    private sealed class RoflEnclave : IAsyncDisposable
    {
        private readonly TestPlatform _platform = new();
        private EnclaveKeys _keys = null!;
        private EnclaveChild _enclave = null!;

        public RoflAppdServer Daemon { get; } = new(new byte[32]);

        public EnclaveLink Host { get; private set; } = null!;

        public EvmKey Key => _keys.EvmKey;

        public static async Task<RoflEnclave> StartAsync()
        {
            var rofl = new RoflEnclave();
            using var provider = new RoflProvider(TimeProvider.System, rofl.Daemon.SocketPath);
            rofl._keys = await EnclaveKeys.FromPlatformAsync(provider, default, CancellationToken.None);
            rofl._enclave = EnclaveChild.StartOn(rofl._platform, "rofl", "--replay-only", "--platform", rofl.Daemon.SocketPath);
            rofl.Host = await rofl._enclave.ConnectAsync();
            await rofl.Host.RestoreAsync(default, default);
            return rofl;
        }

        public Task<PublishAnswer> PublishAsync(ulong gas, params BatchToPublish[] batches) =>
            Host.PublishAsync(new PublishRequest(gas, batches));

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            await _enclave.DisposeAsync();
            await Daemon.DisposeAsync();
            _keys.Dispose();
            _platform.Dispose();
        }
    }
}
