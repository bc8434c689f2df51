using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Identity;

namespace DarkPool.Enclave.Tests.Fixtures;

/// <summary>Builds linked blocks as a sequencer does, without an executor.</summary>
internal sealed class TestChainOfBlocks : IDisposable
{
    private readonly BlockBuilder _builder = new(TestGenesis.Genesis.Shard);

    public ulong Number { get; private set; }

    public long Time { get; private set; } = TestVenue.StartTime;

    public Bytes32 Head { get; private set; } = TestGenesis.Genesis.GenesisHead;

    public byte[] Next(IEnumerable<(EntryKind Kind, byte[] Data)> entries)
    {
        _builder.Reset();
        foreach (var (kind, data) in entries)
        {
            if (!_builder.TryAppend(kind, data)) throw new InvalidOperationException("The block is full.");
        }

        var block = _builder.Seal(++Number, Time += TestVenue.BlockInterval, Head, sequencerEpoch: 1, out var header).ToArray();
        Head = header.ComputeHead();
        return block;
    }

    public void Dispose() => _builder.Dispose();
}
