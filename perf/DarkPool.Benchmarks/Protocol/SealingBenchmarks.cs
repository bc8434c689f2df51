using BenchmarkDotNet.Attributes;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Envelopes;
using DarkPool.Protocol.Hpke;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Reports;
using DarkPool.Protocol.Sessions;
using NSec.Cryptography;

namespace DarkPool.Benchmarks.Protocol;

/// <summary>What a client pays for a command, and for a session.</summary>
[MemoryDiagnoser]
public class SealingBenchmarks
{
    private static readonly Bytes32 VenueId = new(Enumerable.Repeat((byte)7, Bytes32.Size).ToArray());

    private readonly Key _account = Key.Create(SignatureAlgorithm.Ed25519);
    private readonly Key _enclave = Key.Create(KeyAgreementAlgorithm.X25519);
    private readonly byte[] _body = new byte[PlaceOrder.Size];
    private readonly byte[] _envelope = new byte[EnvelopeLimits.SmallSize];
    private ClientSession? _session;

    [Params(HpkeSuite.Aes256Gcm, HpkeSuite.ChaCha20Poly1305)]
    public HpkeSuite Suite { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        new PlaceOrder(1, 1, Side.Buy, OrderType.Limit, TimeInForce.GoodTillCancelled, 100, 5, 0).Write(_body);
        _session = Start();
        _session.Bind(65_536);
    }

    [GlobalCleanup]
    public void Clean()
    {
        _session!.Dispose();
        _account.Dispose();
        _enclave.Dispose();
    }

    [Benchmark]
    public void SealCommand() => _session!.SealCommand(CommandType.PlaceOrder, _body, 0, _envelope);

    [Benchmark]
    public void StartSession() => Start().Dispose();

    private ClientSession Start() => ClientSession.TryStart(
        _account, Suite, RateClass.Fast, 1, new Bytes32(_enclave.PublicKey.Export(KeyBlobFormat.RawPublicKey)), VenueId, out var session)
        ? session
        : throw new InvalidOperationException("The key is not usable.");
}
