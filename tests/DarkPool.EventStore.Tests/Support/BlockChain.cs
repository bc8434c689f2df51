using DarkPool.EventStore.Shards;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Lending;
using DarkPool.Protocol.Link;
using DarkPool.Protocol.Settlement;
using NSec.Cryptography;

namespace DarkPool.EventStore.Tests.Support;

/// <summary>Makes blocks that follow one another, of pseudo-random bytes from a fixed seed, and what an enclave tells of them.</summary>
public sealed class BlockChain(uint shard) : IDisposable
{
    private const int EntryBytes = 256;
    private readonly BlockBuilder _builder = new(shard);
#pragma warning disable CA5394 // The bytes stand for ciphertext; nothing depends on their secrecy.
    private readonly Random _random = new(20260101);

    public static Bytes32 GenesisHead { get; } = new([.. Enumerable.Range(1, 32).Select(value => (byte)value)]);

    public byte[] Next(LogPosition last, ulong epoch, int entries = 3)
    {
        var entry = new byte[EntryBytes];
        _builder.Reset();
        for (var index = 0; index < entries; index++)
        {
            _random.NextBytes(entry);
            _builder.TryAppend(EntryKind.Envelope, entry);
        }

        return _builder.Seal(last.Number + 1, last.Time + 1000, last.Head, epoch, out _).ToArray();
    }

    public BlockExecution Execute(LogPosition position, SettlementBatch? batch = null) => new()
    {
        Number = position.Number,
        Time = position.Time,
        Head = position.Head.ToArray(),
        StateRoot = Bytes(32),
        Entries = 3,
        Dropped = 1,
        Opened = [new SessionOpening(0, 2)],
        Closed = [65536],
        Refused = [new EntryRefusal(2, EntryRefusalCode.WrongSignature)],
        Signature = Bytes(64),
        Batch = batch?.Encode(),
        BatchSignature = batch is null ? null : Bytes(65),
    };

    public SettlementBatch Batch(ulong sequence, LogPosition last) => new(
        shard, sequence, 1, last.Number, last.Time, new Bytes32(Bytes(32)), new Bytes32(Bytes(32)), new Bytes32(Bytes(32)), last.Head,
        [new MarketSettlement(7, 3, 15_000, 1_200, UInt128.MaxValue)]);

    /// <summary>A sheet of liquidations, signed by anybody.</summary>
    public byte[] Liquidations(ulong first, int count)
    {
        using var key = Key.Create(SignatureAlgorithm.Ed25519);
        var rows = Enumerable.Range(0, count)
            .Select(_ => new LiquidationRow(LoanKind.Pool, 1, 2, 3, 4, 5, 6, new Bytes32(Bytes(32))))
            .OrderBy(row => row.Commitment);
        return new LiquidationSheet(1, 2, first, [.. rows]).Sign(key, default);
    }

    public byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }
#pragma warning restore CA5394

    public void Dispose() => _builder.Dispose();
}
