using DarkPool.Enclave.Keys;
using DarkPool.Enclave.Opening;
using DarkPool.Enclave.Shard;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Entries;
using DarkPool.Protocol.Hpke;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Link;
using DarkPool.Protocol.Reports;
using DarkPool.Protocol.Sessions;

namespace DarkPool.Enclave.Tests.Fixtures;

/// <summary>
/// A shard driven in process, block by block, by real clients; it keeps the log that it executed. Base asset 1, quote asset 2, market 7:
/// a lot is 10 base units, a tick and lot 5 quote units.
/// </summary>
internal sealed class TestVenue : IDisposable
{
    public const uint BaseAsset = 1;
    public const uint QuoteAsset = 2;
    public const uint Market = 7;
    public const long StartTime = 1_700_000_000_000_000;
    public const long BlockInterval = 5_000;

    private readonly BlockBuilder _builder = new(TestGenesis.Genesis.Shard);
    private readonly Crew _crew = new(1);
    private readonly TestPlatform _platform;
    private readonly PreparedBlock _preparation;
    private ulong _depositId;
    private ulong _governanceSequence;

    public TestVenue(TestPlatform platform, Func<EnclaveKeys, ShardState>? state = null, EnclaveKeys? keys = null)
    {
        _platform = platform;
        Keys = keys ?? platform.Keys();
        if (Keys.Epochs.Newest == 0) Keys.Epochs.StartEpoch();
        State = state?.Invoke(Keys) ?? ShardState.AtGenesis(
            TestGenesis.Genesis, hashSeed: 1, Keys.Epochs.DeriveDrawSeed(TestGenesis.Genesis.VenueId));
        Executor = new ShardExecutor(TestGenesis.Genesis, Keys, _crew, State);
        _preparation = Executor.NewPreparation();
    }

    public EnclaveKeys Keys { get; }

    public ShardState State { get; }

    public ShardExecutor Executor { get; }

    /// <summary>Every entry that was run so far.</summary>
    public List<(EntryKind, byte[])> Entries { get; } = [];

    /// <summary>Every block executed so far.</summary>
    public List<byte[]> Log { get; } = [];

    public static EvmAddress TokenOf(uint asset) => TestGenesis.AddressOf((byte)(0x10 + asset));

    /// <summary>A venue with its two assets and its market listed.</summary>
    public static TestVenue Listed(TestPlatform platform, ulong publicationDelay = 0, EnclaveKeys? keys = null)
    {
        var venue = new TestVenue(platform, keys: keys);
        venue.Run(
            venue.Governance(GovernanceType.ListAsset, new ListAsset(BaseAsset, TokenOf(BaseAsset), 18, "BASE").ToBytes()),
            venue.Governance(GovernanceType.ListAsset, new ListAsset(QuoteAsset, TokenOf(QuoteAsset), 6, "QUOTE").ToBytes()),
            venue.Governance(
                GovernanceType.ListMarket,
                new ListMarket(Market, BaseAsset, QuoteAsset, MatchingRule.Continuous, 10, 5, publicationDelay, "BASE-QUOTE").ToBytes()));
        return venue;
    }

    public (EntryKind, byte[]) Governance(GovernanceType type, byte[] body) =>
        (EntryKind.Governance, new GovernanceCommand(type, ++_governanceSequence, body)
            .Sign(TestGenesis.Genesis.VenueId, TestGenesis.Governors[0], TestGenesis.Governors[2]));

    public static (EntryKind, byte[]) Sealed(byte[] envelope) => (EntryKind.Envelope, envelope);

    public (EntryKind, byte[]) Deposit(AccountKey account, uint asset, UInt128 amount) => Deposit(account, asset, amount, ++_depositId);

    public (EntryKind, byte[]) Deposit(AccountKey account, uint asset, UInt128 amount, ulong id)
    {
        var tag = new byte[DepositTag.Size];
        var key = Keys.Epochs.NewestPublicKey;
        if (!DepositTag.TrySeal(Keys.Epochs.Newest, key, TestGenesis.Genesis.VenueId, account, tag)) throw new InvalidOperationException(
            "tag");
        var certificate = Certificate(TokenOf(asset), amount, tag, id);
        return (EntryKind.Deposit, certificate.Sign(Keys.SigningKey, TestGenesis.Genesis.VenueId));
    }

    /// <summary>A certificate of the vault's next deposit.</summary>
    public DepositCertificate Certificate(EvmAddress token, UInt128 amount, byte[] tag) => Certificate(token, amount, tag, ++_depositId);

    public static DepositCertificate Certificate(EvmAddress token, UInt128 amount, byte[] tag, ulong id) => new(
        0, TestGenesis.ChainId, TestGenesis.Genesis.Vault, token, id, amount, EvmBlock: 1, Transaction: default, tag);

    /// <summary>A client whose session is open.</summary>
    public TestClient Join(byte seed, RateClass rateClass = RateClass.Fast, HpkeSuite suite = HpkeSuite.Aes256Gcm)
    {
        var client = NewClient(seed, rateClass, suite);
        var execution = Run(Sealed(client.Session.Hello.ToArray()));
        client.Session.Bind(SessionNumber.At(execution.Number, 0));
        return client;
    }

    public TestClient NewClient(byte seed, RateClass rateClass = RateClass.Fast, HpkeSuite suite = HpkeSuite.Aes256Gcm) =>
        new(TestGenesis.SeededKey(seed), Keys.Epochs.Newest, Keys.Epochs.NewestPublicKey, rateClass, suite);

    /// <summary>A client with an open session and a million of each asset.</summary>
    public TestClient JoinFunded(byte seed, RateClass rateClass = RateClass.Fast)
    {
        var client = Join(seed, rateClass);
        Run(Deposit(client.AccountKey, BaseAsset, 1_000_000), Deposit(client.AccountKey, QuoteAsset, 1_000_000));
        return client;
    }

    public BlockExecution Run(params byte[][] envelopes) => Run([.. envelopes.Select(Sealed)]);

    /// <summary>Executes and commits the next block.</summary>
    public BlockExecution Run(params (EntryKind Kind, byte[] Data)[] entries)
    {
        Entries.AddRange(entries);
        Execute(Next(entries));
        return Executor.Commit(Executor.Executed.Block);
    }

    /// <summary>The next block, not yet executed.</summary>
    public byte[] Next(params (EntryKind Kind, byte[] Data)[] entries)
    {
        var last = Executor.Executed;
        return Build(last.Block + 1, Math.Max(last.Time, StartTime) + BlockInterval, last.Head, entries);
    }

    public byte[] Build(ulong number, long time, Bytes32 previous, params (EntryKind Kind, byte[] Data)[] entries)
    {
        _builder.Reset();
        foreach (var (kind, data) in entries)
        {
            if (!_builder.TryAppend(kind, data)) throw new InvalidOperationException("The block is full.");
        }

        return _builder.Seal(number, time, previous, sequencerEpoch: 1, out _).ToArray();
    }

    public void Execute(byte[] block, long? now = null)
    {
        Executor.Prepare(_preparation, block.ToArray());
        Executor.Execute(_preparation, now);
        Log.Add(block);
    }

    public (UInt128 Available, UInt128 Held) BalanceOf(TestClient client, uint asset) =>
        State.Venue.TryFindAccount(client.AccountKey.Key.Span, out var account) ? State.Venue.BalanceOf(account, asset) : default;

    /// <summary>The reports of a client since the last call, read through a stream of its own.</summary>
    public List<TestReport> ReportsOf(TestClient client)
    {
        var request = client.Session.RequestStream(client.LastReport + 1);
        var attached = Executor.Attach(client.Session.Number, request.Token.Span);
        if (attached.Outcome != AttachOutcome.Attached) throw new InvalidOperationException($"{attached.Outcome}");
        using var opener = request.Open(attached.EnclaveRandom);
        var reports = new List<TestReport>();
        while (true)
        {
            var drawn = FrameBatchOf(client.Session.RateClass).Single(frame => frame.Stream == attached.Stream);
            if (opener.Open(drawn.Bytes.Span, out var bytes) != FrameFault.None) throw new InvalidOperationException("frame");
            if (bytes.IsEmpty) break;
            reports.AddRange(TestReport.Split(bytes));
        }

        Executor.Streams.Detach(attached.Stream);
        if (reports.Count > 0) client.LastReport = reports[^1].Header.Number;
        return reports;
    }

    public FrameBatch FrameBatchOf(RateClass rateClass) => FrameBatch.Read(Executor.Draw(rateClass).ToArray());

    public void Dispose()
    {
        Executor.Dispose();
        _crew.Dispose();
        _preparation.Dispose();
        _builder.Dispose();
        Keys.Dispose();
    }
}
