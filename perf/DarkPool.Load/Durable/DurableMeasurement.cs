using System.Diagnostics;
using System.Security.Cryptography;
using DarkPool.EventStore;
using DarkPool.EventStore.Shards;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Link;

namespace DarkPool.Load.Durable;

/// <summary>
/// Appends the same blocks, one by one and each on commit, through the shard log and raw, by turns within the same moments: what else the
/// machine does hits both.
/// </summary>
internal sealed class DurableMeasurement(VenueStore store, RawTable raw, int envelopesPerBlock, uint shard) : IDisposable
{
    private const int EnvelopeBytes = 256;
    private const int WarmUpBlocks = 30;
    private static readonly Bytes32 GenesisHead = new(SHA256.HashData("durable"u8));

    private readonly BlockBuilder _builder = new(shard);
    private readonly byte[] _ciphertext = RandomNumberGenerator.GetBytes(EnvelopeBytes * envelopesPerBlock);

    public async Task<BlockSizeFigures> RunAsync(TimeSpan duration)
    {
        var viaLog = new AppendTimes();
        var viaRaw = new AppendTimes();
        var blockBytes = 0;
        await using (var log = await store.OpenShardAsync(new ShardLogOptions { Shard = shard, GenesisHead = GenesisHead }))
        {
            await AppendAsync(log, new AppendTimes(), new AppendTimes(), () => log.Last.Number < WarmUpBlocks);
            blockBytes = await AppendAsync(log, viaLog, viaRaw, () => viaLog.Total + viaRaw.Total < duration);
        }

        var logFigures = viaLog.Figures(envelopesPerBlock);
        var rawFigures = viaRaw.Figures(envelopesPerBlock);
        return new BlockSizeFigures
        {
            EnvelopesPerBlock = envelopesPerBlock,
            BlockBytes = blockBytes,
            Blocks = viaLog.Count,
            Log = logFigures,
            Raw = rawFigures,
            Ratio = logFigures.BlocksPerSecond / rawFigures.BlocksPerSecond,
            ReadEnvelopesPerSecond = await ReadBackAsync(),
        };
    }

    public void Dispose() => _builder.Dispose();

    private async Task<int> AppendAsync(ShardLog log, AppendTimes viaLog, AppendTimes viaRaw, Func<bool> goOn)
    {
        var length = 0;
        while (goOn())
        {
            var block = Build(log);
            length = block.Length;
            var number = ((ulong)shard << 32) + log.Last.Number + 1;
            if (number % 2 == 0) await viaRaw.TimeAsync(() => raw.AppendAsync(number, block));
            await viaLog.TimeAsync(() => log.AppendBlockAsync(block));
            if (number % 2 != 0) await viaRaw.TimeAsync(() => raw.AppendAsync(number, block));
            await log.RecordExecutionAsync(Result(log.Last));
        }

        return length;
    }

    /// <summary>A block whose every byte differs from the one before, as ciphertext does.</summary>
    private ReadOnlyMemory<byte> Build(ShardLog log)
    {
        RandomNumberGenerator.Fill(_ciphertext);
        _builder.Reset();
        for (var index = 0; index < envelopesPerBlock; index++)
            _builder.TryAppend(EntryKind.Envelope, _ciphertext.AsSpan(index * EnvelopeBytes, EnvelopeBytes));
        return _builder.Seal(log.Last.Number + 1, log.Last.Time + 1, log.Last.Head, log.Epoch, out _);
    }

    private BlockExecution Result(LogPosition position) => new()
    {
        Number = position.Number,
        Time = position.Time,
        Head = position.Head.ToArray(),
        StateRoot = _ciphertext[..32],
        Entries = (uint)envelopesPerBlock,
        Dropped = 0,
        Opened = [],
        Closed = [],
        Refused = [],
        Signature = _ciphertext[..64],
    };

    private async Task<double> ReadBackAsync()
    {
        var start = Stopwatch.GetTimestamp();
        var envelopes = 0L;
        await foreach (var block in store.ReadShard(shard, GenesisHead).ReadBlocksAsync(1)) envelopes += block.Header.EntryCount;
        return envelopes / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
